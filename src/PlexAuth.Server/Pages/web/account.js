// /account: what the signed-in person may see and change.

import { find, run, show, write } from '/pages/page.js';
import { requireSession } from '/pages/session.js';

run(async () => {
  const { account } = await requireSession();
  write('[data-account-title]', account.title);
  write('[data-account-username]', account.username);
  write('[data-account-email]', account.email);
  write('[data-account-factor]', account.twoFactorEnabled ? 'On' : 'Off');
  find('[data-owner]').hidden = !account.owner;
  show('account');
});
