// A new password. It signs out everything and everybody but this browser.

import { ApiError, call } from '/pages/api.js';
import { explain, find, on, write } from '/pages/page.js';

const form = find('[data-password-form]');
let changed = () => {};

/** Offers the change to accounts that have a password; calls back once it was changed. */
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
  write('[data-password-done]', '');
  try {
    await call('PUT', 'password', { password: password.value, newPassword: newPassword.value, verificationCode: verificationCode.value || null });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 'sign_in_required') throw error;

    write('[data-password-error]', explain(error));
    return;
  }
  await changed();
  write('[data-password-done]', 'Your password was changed. Every other browser, app and device is signed out.');
});
