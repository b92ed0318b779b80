/** An invalid command line. `message` completes the line "slipway analyze: ...". */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
