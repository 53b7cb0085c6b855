// /link: somebody types the code that a device shows. A code in the address fills the field, and nothing more.

import { askConsent } from '/pages/consent.js';
import { explain, find, on, run, show, write } from '/pages/page.js';
import { requireSession } from '/pages/session.js';

const form = find('[data-code-form]');
const field = form.elements.code;
let session = null;

run(async () => {
  field.value = new URLSearchParams(location.search).get('pin') ?? '';
  session = await requireSession('Then you can link the device that shows a code.');
  show('code');
  field.focus();
});

on(form, 'submit', async () => {
  write('[data-code-error]', '');
  field.removeAttribute('aria-invalid');
  try {
    await askConsent(session, { code: field.value });
  } catch (error) {
    write('[data-code-error]', explain(error));
    field.setAttribute('aria-invalid', 'true');
    field.select();
  }
});
