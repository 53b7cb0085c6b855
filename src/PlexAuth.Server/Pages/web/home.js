// /account/home: the people of a Plex Home, their PINs, and being one of them.

import { ApiError, call } from '/pages/api.js';
import { element, explain, find, on, run, show, write } from '/pages/page.js';
import { requireSession } from '/pages/session.js';

const form = find('[data-new-user-form]');
const pinDialog = find('[data-pin-dialog]');
const switchDialog = find('[data-switch-dialog]');
const removeDialog = find('[data-remove-dialog]');

run(async () => {
  await requireSession();
  await showHome();
  show('home');
});

on(form, 'submit', () => attempt(async () => {
  const { title, restrictionProfile } = form.elements;
  await call('POST', 'home/users', { title: title.value, restrictionProfile: restrictionProfile.value || null });
  const done = `${title.value} was added.`;
  form.reset();
  return done;
}));

async function showHome() {
  const home = await call('GET', 'home');
  find('[data-new-user]').hidden = !home.admin;
  find('[data-members]').replaceChildren(...home.members.map((member) => line(member, home)));
}

function line(member, home) {
  const role = member.admin ? 'Runs this Home' : member.managed ? 'Managed user' : 'Has an account of their own';
  const text = element('div', {}, element('strong', { textContent: member.title, dir: 'auto' }),
    element('span', { textContent: [member.self ? `${role} (you)` : role, member.hasPin ? 'with a PIN' : 'without a PIN'].join(', ') }));
  const buttons = element('div', { className: 'actions' });
  if (member.managed && !member.self) buttons.append(button('Switch', `Switch to ${member.title}`, () => become(member)));
  if (member.self ? !member.managed && home.name : home.admin && member.managed) buttons.append(button('PIN', `PIN of ${member.title}`, () => changePin(member)));
  if (member.self ? !member.admin && !member.managed && home.name : home.admin) buttons.append(button(member.self ? 'Leave' : 'Remove', `${member.self ? 'Leave' : 'Remove'} ${member.title}`, () => remove(member)));
  return element('li', {}, text, buttons);
}

function button(text, label, action) {
  const made = element('button', { type: 'button', className: 'quiet', textContent: text });
  made.setAttribute('aria-label', label);
  made.addEventListener('click', () => run(action));
  return made;
}

async function changePin(member) {
  const { pin, currentPin } = pinDialog.querySelector('form').elements;
  write('[data-pin-name]', member.title);
  const current = member.self && member.hasPin;
  find('[data-current-pin]').hidden = !current;
  currentPin.required = current;
  find('[data-remove-pin]').hidden = !member.hasPin;
  const choice = await ask(pinDialog);
  if (!choice) return;

  const wanted = { pin: choice === 'save' ? pin.value : '', currentPin: currentPin.value || null };
  await attempt(async () => {
    await call('PUT', `home/users/${member.uuid}/pin`, wanted);
    return choice === 'save' ? `${member.title} has a new PIN.` : `${member.title} has no PIN any more.`;
  });
}

async function become(member) {
  const { pin } = switchDialog.querySelector('form').elements;
  write('[data-switch-name]', member.title);
  find('[data-switch-pin]').hidden = !member.hasPin;
  pin.required = member.hasPin;
  if (!await ask(switchDialog)) return;

  let switched = false;
  await attempt(async () => {
    await call('POST', 'home/switch', { user: member.uuid, pin: pin.value || null });
    switched = true;
  });
  if (switched) location.assign('/account');
}

async function remove(member) {
  write('[data-remove-name]', member.self ? 'yourself from this Home' : member.title);
  write('[data-remove-consequence]', member.managed ? 'A managed user is deleted, with everything that is signed in as that person.' : 'The account stays; it leaves this Home.');
  if (!await ask(removeDialog)) return;

  await attempt(async () => {
    await call('DELETE', `home/users/${member.uuid}`);
    return `${member.title} was removed.`;
  });
}

/** Resolves to the value of the button that closed the dialog; empty where it was cancelled. */
async function ask(dialog) {
  dialog.querySelector('form').reset();
  dialog.returnValue = '';
  dialog.showModal();
  await new Promise((resolve) => { dialog.addEventListener('close', resolve, { once: true }); });
  return dialog.returnValue;
}

/** The outcome is told once the list shows it, so that nothing is replaced any more under a hand that goes on. */
async function attempt(action) {
  write('[data-home-error]', '');
  write('[data-home-done]', '');
  let [done, failure] = ['', ''];
  try {
    done = await action() ?? '';
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 'sign_in_required') throw error;

    failure = explain(error);
  }
  await showHome();
  find('[data-step="home"] h1').focus();
  write('[data-home-error]', failure);
  write('[data-home-done]', done);
}
