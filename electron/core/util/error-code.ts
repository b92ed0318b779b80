/** The code of a system error ("ENOENT") or of Node's own; empty for anything else that was thrown. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
