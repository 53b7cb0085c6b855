// /auth: an app has sent its user here with a PIN in the fragment.

import { ApiError } from '/pages/api.js';
import { askConsent } from '/pages/consent.js';
import { parseAuthFragment } from '/pages/fragment.js';
import { find, run, show } from '/pages/page.js';
import { requireSession } from '/pages/session.js';

addEventListener('hashchange', () => location.reload());

run(async () => {
  const request = parseAuthFragment(location.hash);
  if (!request) {
    show('incomplete');
    return;
  }
  const session = await requireSession('An app asks to use your account. You will see which one before you allow anything.');
  try {
    await askConsent(session, request);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;

    find('[data-restricted]').hidden = error.code !== 'not_found_restricted';
    show('gone');
  }
});
