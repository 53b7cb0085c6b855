// What every page has: one visible step at a time, and somewhere to say that something failed.

import { ApiError } from '/pages/api.js';

export const find = (selector) => document.querySelector(selector);

export function show(step) {
  let shown = null;
  for (const section of document.querySelectorAll('[data-step]')) {
    section.hidden = section.dataset.step !== step;
    if (!section.hidden) shown = section;
  }
  shown.querySelector('h1')?.focus();
  return shown;
}

/** An element with properties set and children added; text is text, whatever it looks like. */
export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export const moment = (text) => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(text));

export function write(selector, text) {
  for (const element of document.querySelectorAll(selector)) element.textContent = text;
}

/** Runs a step of the page. Whatever it does not handle itself ends on the failure step; a lost session or an outdated page is loaded again. */
export async function run(action) {
  try {
    await action();
  } catch (error) {
    if (error instanceof ApiError && ['sign_in_required', 'page_outdated'].includes(error.code)) {
      location.reload();
      return;
    }
    write('[data-failure]', error instanceof ApiError ? explain(error) : 'The server could not be reached. Check your connection.');
    show('failed');
  }
}

export function explain(error) {
  if (!(error instanceof ApiError)) throw error;

  return error.retryAfter ? `${error.message} Try again in ${wait(Number(error.retryAfter))}.` : error.message;
}

/** Calls the action for each submit or click, with the buttons of that step disabled meanwhile so that nothing is sent twice. */
export function on(control, event, action) {
  control.addEventListener(event, async (happening) => {
    happening.preventDefault();
    const buttons = [...(control.closest('[data-step]') ?? control).querySelectorAll('button:not(:disabled)')];
    for (const button of buttons) button.disabled = true;
    try {
      await run(() => action(happening));
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  });
}

const wait = (seconds) => (seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`);

on(find('[data-reload]'), 'click', () => location.reload());
