// /account: what the signed-in person may see and change.

import { showDevices } from '/pages/devices.js';
import { showEvents } from '/pages/events.js';
import { find, run, show, write } from '/pages/page.js';
import { showPassword } from '/pages/password.js';
import { requireSession } from '/pages/session.js';
import { onSecondFactor, showSecondFactor } from '/pages/two-factor.js';

async function start() {
  const { account } = await requireSession();
  write('[data-account-title]', account.title);
  write('[data-account-username]', account.username);
  write('[data-account-email]', account.email);
  find('[data-owner]').hidden = !account.owner;
  showSecondFactor(account);
  showPassword(account, () => run(start));
  await Promise.all([showDevices(), showEvents()]);
  show('account');
}

onSecondFactor((account) => showPassword(account, () => run(start)));
run(start);
