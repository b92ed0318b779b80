import type { AppErrorData } from '#contract/schema/error.ts';

/**
 * Credentials for one registry. Never in an error, a log, an argument list or an answer to the window. An identity token
 * is exchanged for tokens of the registry; a registry token is one.
 */
export type Login =
  | { readonly username: string; readonly secret: string }
  | { readonly identityToken: string }
  | { readonly registryToken: string };

/**
 * Finds the saved login of a registry host ("docker.io", "127.0.0.1:5000"); null for anonymous access. Never fails: what
 * prevents a login from being read is passed to `onProblem`, and the work continues without it, as in docker.
 */
export type LoginFor = (host: string, onProblem?: (problem: AppErrorData) => void) => Promise<Login | null>;

/** The login's user name, if any; docker writes "<token>" for an identity token. */
export function loginName(login: Login): string {
  return 'username' in login ? login.username : '<token>';
}

/** What must never be shown of a login. */
export function loginSecret(login: Login): string {
  if ('secret' in login) return login.secret;
  return 'identityToken' in login ? login.identityToken : login.registryToken;
}
