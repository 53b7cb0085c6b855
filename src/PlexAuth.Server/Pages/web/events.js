// What happened to the account lately, in words.

import { call } from '/pages/api.js';
import { element, find, moment } from '/pages/page.js';

const words = {
  'signed-in': 'Signed in',
  'signed-out': 'Signed out',
  'sign-in-refused': 'A sign-in was refused',
  'signed-in-from-new-network': 'Signed in from a network that was new to your account',
  'device-added': 'Signed in with a device that was new to your account',
  'account-added': 'The account was made',
  'account-imported': 'The account was imported',
  'account-disabled': 'The account was disabled',
  'account-enabled': 'The account was enabled',
  'password-changed': 'The password was changed',
  'password-reset': 'The password was reset by the operator',
  'two-factor-enabled': 'The second factor was turned on',
  'two-factor-disabled': 'The second factor was turned off',
  'backup-codes-created': 'Backup codes were made',
  'backup-code-used': 'A backup code was used',
  'pin-linked': 'An app or device was allowed',
  'pin-denied': 'An app or device was denied',
  'device-key-registered': 'A device registered a key to sign in with',
  'home-switched': 'Somebody switched to another member of the Home',
  'home-pin-changed': 'The Home PIN was changed',
  'home-member-added': 'Somebody joined the Home',
  'home-member-removed': 'Somebody left the Home',
  'server-shared': 'A server was shared',
  'server-unshared': 'A server is no longer shared',
  'server-claimed': 'A server was claimed',
  'server-unclaimed': 'A server was given up',
  'device-removed': 'A device was removed',
  'other-devices-removed': 'All other devices were removed',
};

export async function showEvents() {
  const events = await call('GET', 'events');
  const lines = events.map((happened) => {
    const where = [moment(happened.at), happened.address && `from ${happened.address}`, happened.client].filter(Boolean).join(', ');
    return element('li', {}, element('div', {}, element('strong', { textContent: words[happened.kind] ?? happened.kind }), element('span', { textContent: where, dir: 'auto' })));
  });
  find('[data-events]').replaceChildren(...lines);
}
