/** Credentials for one registry. Never in an error, a log, an argument list or an answer to the window. */
export type Login = { readonly username: string; readonly secret: string } | { readonly identityToken: string };

/**
 * Returns the saved login of a registry host ("docker.io", "127.0.0.1:5000"); null for anonymous access. Throws
 * credential-helper-missing, credential-helper-failed.
 */
export type LoginFor = (host: string) => Promise<Login | null>;

/** The login's user name, if any; docker writes "<token>" for an identity token. */
export function loginName(login: Login): string {
  return 'username' in login ? login.username : '<token>';
}
