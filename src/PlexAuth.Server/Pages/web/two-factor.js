// The account's second factor: on with a first code, off or new backup codes with password and code.

import { ApiError, call } from '/pages/api.js';
import { element, explain, find, on, write } from '/pages/page.js';

const begin = find('[data-factor-begin]');
const confirm = find('[data-factor-confirm]');
const change = find('[data-factor-change]');

let turned = () => {};

/** What else is to be done whenever the second factor was turned on or off. */
export const onSecondFactor = (action) => { turned = action; };

export function showSecondFactor({ twoFactorEnabled, hasPassword }) {
  write('[data-factor-state]', twoFactorEnabled ? 'On: signing in takes your password and a code from your authenticator app.'
    : hasPassword ? 'Off. With it on, somebody who learns your password still cannot sign in.' : 'Off. Your account has no password of its own.');
  begin.hidden = twoFactorEnabled || !hasPassword;
  confirm.hidden = true;
  change.hidden = !twoFactorEnabled;
  for (const form of [begin, confirm, change]) form.reset();
}

on(begin, 'submit', () => attempt(async () => {
  const begun = await call('POST', 'two-factor', { password: begin.elements.password.value });
  find('[data-factor-qr]').src = begun.qr;
  write('[data-factor-secret]', begun.secret.replace(/.{4}(?=.)/g, '$& '));
  begin.reset();
  begin.hidden = true;
  confirm.hidden = false;
  confirm.elements.verificationCode.focus();
}));

on(confirm, 'submit', () => attempt(async () => {
  const { backupCodes } = await call('PUT', 'two-factor', { verificationCode: confirm.elements.verificationCode.value });
  turn(true);
  showCodes(backupCodes);
}));

on(change, 'submit', (happening) => attempt(async () => {
  const [method, path] = happening.submitter.value.split(' ');
  const answer = await call(method, path, {
    password: change.elements.password.value, verificationCode: change.elements.verificationCode.value,
  });
  turn(answer !== null);
  if (answer) {
    showCodes(answer.backupCodes);
  } else {
    find('[data-backup]').hidden = true;
    find('#factor-title').focus();
  }
}));

function turn(twoFactorEnabled) {
  const account = { twoFactorEnabled, hasPassword: true };
  showSecondFactor(account);
  turned(account);
}

function showCodes(codes) {
  find('[data-backup-codes]').replaceChildren(...codes.map((code) => element('li', {}, element('code', { textContent: code }))));
  find('[data-backup]').hidden = false;
  find('[data-backup-title]').focus();
}

async function attempt(action) {
  write('[data-factor-error]', '');
  try {
    await action();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 'sign_in_required') throw error;

    write('[data-factor-error]', explain(error));
  }
}
