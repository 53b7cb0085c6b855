// Who is signed in, and the form by which somebody signs in: password first, then the second factor if the account has one.

import { ApiError, call } from '/pages/api.js';
import { explain, find, on, show, write } from '/pages/page.js';

const form = find('[data-sign-in]');
let finish = () => {};

export async function loadSession() {
  return showWho(await call('GET', 'session'));
}

/** Resolves to the session once there is one. The reason is shown above the form. */
export async function requireSession(reason) {
  const session = await loadSession();
  return session.account ? session : signIn('Sign in', reason);
}

/** Asks the signed-in person for the password again, for what a long-lived session alone may not do. */
export function signInAgain(session) {
  form.elements.login.value = session.account.username;
  return signIn('Confirm that it is you', 'Enter your password again: it has been a while.');
}

function signIn(title, reason) {
  write('[data-sign-in-title]', title);
  write('[data-sign-in-reason]', reason ?? '');
  find('[data-sign-in-reason]').hidden = !reason;
  askForCode(false);
  show('sign-in');
  return new Promise((resolve) => { finish = resolve; });
}

on(form, 'submit', async () => {
  const { login, password, verificationCode } = form.elements;
  write('[data-sign-in-error]', '');
  try {
    const session = showWho(await call('POST', 'session', {
      login: login.value, password: password.value, verificationCode: verificationCode.value.trim() || null,
    }));
    form.reset();
    finish(session);
  } catch (error) {
    refuse(error);
  }
});

on(find('[data-sign-in-back]'), 'click', () => askForCode(false));
on(find('[data-sign-out]'), 'click', async () => {
  await call('DELETE', 'session');
  location.reload();
});

function refuse(error) {
  if (!(error instanceof ApiError)) throw error;

  if (error.code === 'verification_required') {
    askForCode(true);
    return;
  }
  form.elements.verificationCode.value = '';
  write('[data-sign-in-error]', explain(error));
  (error.code === 'verification_wrong' ? form.elements.verificationCode : form.elements.password).focus();
}

function askForCode(wanted) {
  find('[data-password-part]').hidden = wanted;
  find('[data-code-part]').hidden = !wanted;
  find('[data-sign-in-back]').hidden = !wanted;
  form.elements.verificationCode.required = wanted;
  form.elements.verificationCode.value = '';
  write('[data-sign-in-error]', '');
  write('[data-sign-in-button]', wanted ? 'Verify' : 'Sign in');
  if (wanted) form.elements.verificationCode.focus();
}

function showWho(session) {
  write('[data-service]', session.service);
  find('[data-who]').hidden = !session.account;
  write('[data-who-name]', session.account?.title ?? '');
  return session;
}
