// The account's devices, each with a button that removes it once the person has said so twice.

import { call } from '/pages/api.js';
import { element, explain, find, moment, run, write } from '/pages/page.js';

const dialog = find('[data-remove-dialog]');

export async function showDevices() {
  const devices = await call('GET', 'devices');
  find('[data-no-devices]').hidden = devices.length > 0;
  find('[data-devices]').replaceChildren(...devices.map(line));
}

function line(device) {
  const app = [[device.product, device.version].filter(Boolean).join(' '), device.platform].filter(Boolean).join(', ');
  const text = element('div', {}, element('strong', { textContent: device.name, dir: 'auto' }), element('span', { textContent: app, dir: 'auto' }),
    element('span', { textContent: `Last used ${moment(device.lastSeenAt)}${device.address ? `, signed in from ${device.address}` : ''}` }));
  const button = element('button', { type: 'button', className: 'quiet', textContent: 'Remove' });
  button.setAttribute('aria-label', `Remove ${device.name}`);
  button.addEventListener('click', () => run(() => remove(device)));
  return element('li', {}, text, button);
}

async function remove(device) {
  write('[data-devices-error]', '');
  write('[data-remove-name]', device.name);
  dialog.returnValue = 'keep';
  dialog.showModal();
  await new Promise((resolve) => { dialog.addEventListener('close', resolve, { once: true }); });
  if (dialog.returnValue !== 'remove') return;

  try {
    await call('DELETE', `devices/${device.id}`);
  } catch (error) {
    write('[data-devices-error]', explain(error));
  }
  await showDevices();
  find('#devices-title').focus();
}
