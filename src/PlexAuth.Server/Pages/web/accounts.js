// /account/accounts: everybody who has an account here, for the server's owner.

import { call } from '/pages/api.js';
import { element, find, run, show } from '/pages/page.js';
import { requireSession } from '/pages/session.js';

run(async () => {
  const session = await requireSession();
  if (!session.account.owner) {
    show('not-permitted');
    return;
  }
  const accounts = await call('GET', 'accounts');
  find('[data-accounts]').replaceChildren(...accounts.map(row));
  find('main').classList.add('wide');
  show('accounts');
});

function row(account) {
  const remarks = [account.managed && 'managed', account.twoFactorEnabled && 'second factor', account.disabled && 'disabled'].filter(Boolean);
  const name = account.username && account.username !== account.title ? `${account.title} (${account.username})` : account.title;
  const since = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(account.joinedAt));
  const cells = [name, account.email || '–', since, remarks.join(', ') || '–'].map((text) => element('td', { textContent: text, dir: 'auto' }));
  return element('tr', {}, ...cells);
}
