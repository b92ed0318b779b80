import { cleanDetail } from '../util/clean-detail.ts';
import type { ErrorDetail, ErrorReason } from '#contract/schema/error-reason.ts';

/** Messages of keytar, libsecret and D-Bus on Linux without a session bus, service or unlocked keyring. */
const explanations: readonly (readonly [RegExp, ErrorReason])[] = [
  [
    /autolaunch D-Bus|transport .?disabled|Could not connect|DBUS_SESSION_BUS_ADDRESS/i,
    { reason: 'session-bus-missing' }
  ],
  [/org\.freedesktop\.secrets was not provided|ServiceUnknown/i, { reason: 'secret-service-missing' }],
  [/Object does not exist at path|is locked|IsLocked|dismissed|prompt/i, { reason: 'keyring-locked' }],
  [/libsecret|cannot open shared object|MODULE_NOT_FOUND|Cannot find module/i, { reason: 'libsecret-missing' }]
];

/** Why the system's credential store is unavailable. */
export function explainKeychain(thrown: unknown): ErrorDetail {
  if (!(thrown instanceof Error)) return { reason: 'unknown' };
  const { message } = thrown;
  return explanations.find(([pattern]) => pattern.test(message))?.[1] ?? cleanDetail(message).slice(0, 300);
}
