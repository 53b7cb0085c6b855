// A new password. It ends every session, so the person signs in again with it.

import { ApiError, call } from '/pages/api.js';
import { explain, find, on, write } from '/pages/page.js';
import { requireSession } from '/pages/session.js';

const form = find('[data-password-form]');
let changed = () => {};

/** Offers the change to accounts that have a password; calls back once somebody has changed it and signed in again. */
export function showPassword({ twoFactorEnabled, hasPassword }, afterwards) {
  changed = afterwards;
  form.reset();
  find('[data-password-card]').hidden = !hasPassword;
  find('[data-password-code]').hidden = !twoFactorEnabled;
  form.elements.verificationCode.required = twoFactorEnabled;
}

on(form, 'submit', async () => {
  const { password, newPassword, verificationCode } = form.elements;
  write('[data-password-error]', '');
  try {
    await call('PUT', 'password', { password: password.value, newPassword: newPassword.value, verificationCode: verificationCode.value || null });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 'sign_in_required') throw error;

    write('[data-password-error]', explain(error));
    return;
  }
  await requireSession('Your password was changed. Sign in with the new one.');
  changed();
});
