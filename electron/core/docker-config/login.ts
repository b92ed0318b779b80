/** What one registry is told about who asks. Never in an error, a log, an argument list or an answer to the window. */
export type Login = { readonly username: string; readonly secret: string } | { readonly identityToken: string };

/** The user's name where the login has one; docker writes an identity token's as "<token>". */
export function loginName(login: Login): string {
  return 'username' in login ? login.username : '<token>';
}
