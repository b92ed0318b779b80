/** The code of a system error ("ENOENT") or of Node's own; empty for any other error. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** The reason of a failed file operation, for an error's `detail`: its code, else "unknown". */
export function errorDetail(error: unknown): string {
  return errorCode(error) || 'unknown';
}
