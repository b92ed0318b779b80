import { cleanDetail } from '../util/clean-detail.ts';

/** Messages of keytar, libsecret and D-Bus on Linux without a session bus, service or unlocked keyring. */
const explanations: readonly (readonly [RegExp, string])[] = [
  [
    /autolaunch D-Bus|transport .?disabled|Could not connect|DBUS_SESSION_BUS_ADDRESS/i,
    'No session bus is running here, so no Secret Service can be reached.'
  ],
  [
    /org\.freedesktop\.secrets was not provided|ServiceUnknown/i,
    'No Secret Service is running (GNOME Keyring, KWallet or KeePassXC provide one).'
  ],
  [
    /Object does not exist at path|is locked|IsLocked|dismissed|prompt/i,
    'The login keyring is locked, or was never made.'
  ],
  [/libsecret|cannot open shared object|MODULE_NOT_FOUND|Cannot find module/i, 'libsecret is not installed.']
];

/** Why the system's credential store is unavailable, in one sentence. */
export function explainKeychain(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : 'It failed without a reason.';
  return explanations.find(([pattern]) => pattern.test(message))?.[1] ?? cleanDetail(message).slice(0, 300);
}
