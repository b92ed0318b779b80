/** A command line that makes no sense. `message` completes the line "slipway analyze: ...". */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
