import type { CredentialHome } from '../../schema/credential.ts';

const homes: Record<CredentialHome, string> = {
  keychain: 'system keychain',
  session: 'this session only',
  'docker-config': "docker's config",
  'docker-helper': 'docker helper'
};

export const accounts = {
  title: 'Accounts',
  summary: (count: number) => (count === 1 ? '1 login' : `${count} logins`),
  hub: 'Docker Hub',
  signIn: 'Sign in…',
  signOut: 'Sign out',
  homes,
  helper: (name: string) => `docker helper ${name}`,
  plaintext: 'readable by anyone with your files',
  plaintextHint:
    "docker keeps this secret unencrypted in its config.json. Sign in here to keep it in the system's keychain instead.",
  usernameUnknown: 'known to the helper',
  columns: { registry: 'Registry', username: 'User', home: 'Kept in', action: 'Action' },
  none: {
    title: 'No logins yet',
    text: 'Sign in to push images. Logins that docker already has would stand here too.'
  },
  noKeychain: {
    title: 'This system offers no keychain',
    text: 'Sign-ins last until Slipway quits, and nothing is written to disk.'
  },
  keychain: (name: string) => `Secrets are kept in ${name}, never in a file.`,
  dialog: {
    title: 'Sign in to a registry',
    registry: 'Registry',
    suggestions: 'Common registries',
    username: 'User name',
    secret: 'Password or token',
    hubHint: 'Docker Hub takes a personal access token in place of the password.',
    createToken: 'Create a token…',
    tokenUrl: 'https://app.docker.com/settings/personal-access-tokens',
    kept: (where: string) => `Checked with the registry first, then kept in ${where}.`,
    keptSession: 'Checked with the registry first, then kept until Slipway quits.',
    submit: 'Sign in',
    submitContinue: 'Sign in and continue',
    checking: 'Asking the registry…',
    registryFault: 'Name a host, such as ghcr.io or 127.0.0.1:5000.',
    missing: 'This is needed.'
  },
  signedIn: (registry: string, username: string) => `Signed in to ${registry} as ${username}`,
  signedOut: (registry: string) => `Signed out of ${registry}`,
  statusIn: (registry: string) => `Signed in to ${registry}`,
  statusAs: 'as',
  notSignedIn: 'Not signed in',
  confirmOut: {
    title: (registry: string) => `Sign out of ${registry}?`,
    text: (username: string, home: string) => `The login of ${username} is removed from the ${home}.`,
    textDocker: 'The login is removed from docker as well, as “docker logout” does.'
  }
};
