import type { AppErrorData } from '#contract/schema/error.ts';

/** Errors that a sign-in can fix. */
export function requiresSignIn(error: AppErrorData): error is Extract<AppErrorData, { host: string }> {
  return (
    error.code === 'registry-not-signed-in' ||
    error.code === 'registry-wrong-password' ||
    error.code === 'registry-login-expired' ||
    error.code === 'registry-denied'
  );
}
