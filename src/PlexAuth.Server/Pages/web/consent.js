// Shows who asks and lets the person decide. Nothing is allowed or denied but by a click on one of the two buttons.

import { ApiError, call } from '/pages/api.js';
import { element, explain, find, moment, on, show, write } from '/pages/page.js';
import { signInAgain } from '/pages/session.js';

let current = null;

/** Asks for a decision on the PIN of the request. Throws the ApiError of a code that is unknown, expired or used. */
export async function askConsent(session, request) {
  const pin = await call('POST', 'pins/lookup', request);
  current = { session, request, pin };
  write('[data-pin-product]', pin.product);
  write('[data-pin-account]', accountName(session.account));
  write('[data-consent-error]', '');
  find('[data-pin-warning]').hidden = pin.sameNetwork;
  find('[data-pin-details]').replaceChildren(...details(pin));
  show('consent');
}

on(find('[data-allow]'), 'click', () => decide('allow', ({ deviceId }) => {
  current.deviceId = deviceId;
  const step = show('allowed');
  if (current.pin.forward) leave(step, current.pin.forward);
}));

on(find('[data-deny]'), 'click', () => decide('deny', () => {
  const step = show('denied');
  if (current.pin.forward) leave(step, { ...current.pin.forward, automatic: false });
}));

on(find('[data-undo]'), 'click', async () => {
  write('[data-undo-error]', '');
  try {
    await call('DELETE', `devices/${current.deviceId}`);
    show('undone');
  } catch (error) {
    write('[data-undo-error]', explain(error));
  }
});

async function decide(verb, done) {
  write('[data-consent-error]', '');
  try {
    done(await call('POST', `pins/${verb}`, current.request));
  } catch (error) {
    if (error instanceof ApiError && error.code === 'sign_in_again') {
      current.session = await signInAgain(current.session);
      await askConsent(current.session, current.request);
      return;
    }
    write('[data-consent-error]', explain(error));
  }
}

function leave(step, forward) {
  const url = new URL(forward.url);
  if (url.host !== forward.host || !/^https?:$/.test(url.protocol)) return;

  const link = step.querySelector('[data-forward-link]');
  link.href = url.href;
  link.textContent = `Continue to ${forward.host}`;
  step.querySelector('[data-forward]').hidden = false;
  step.querySelector('[data-close-hint]').hidden = true;
  write('[data-forward-note]', forward.automatic ? 'Taking you back…' : 'The link that brought you here wants to take you on to another site. Check that you know it.');
  if (forward.automatic) location.replace(url.href);
}

function details(pin) {
  const device = [pin.deviceName, pin.device, pin.model].filter((part, index, all) => part && all.indexOf(part) === index).join(', ');
  const rows = [
    ['App', [pin.product, pin.version].filter(Boolean).join(' ')],
    ['Device', device],
    ['Platform', [pin.platform, pin.platformVersion].filter(Boolean).join(' ')],
    ['Web page', pin.origin],
    ['Asked', moment(pin.createdAt)],
    ['From', pin.sameNetwork ? `Your network (${pin.network})` : `Another network (${pin.network})`],
  ];
  return rows.filter(([, value]) => value).flatMap(([name, value]) => [element('dt', { textContent: name }), element('dd', { textContent: value, dir: 'auto' })]);
}

const accountName = (account) => (account.email ? `${account.title} (${account.email})` : account.title);
