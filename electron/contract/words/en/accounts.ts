import type { CredentialHome } from '../../schema/credential.ts';
import { plural } from '../../format/plural.ts';

const storage: Record<CredentialHome, string> = {
  keychain: 'System keyring',
  session: 'Until quit',
  'docker-config': 'Docker config',
  'docker-helper': 'Credential helper'
};

export const accounts = {
  title: 'Accounts',
  summary: (count: number) => plural(count, { one: '# account', other: '# accounts' }),
  hub: 'Docker Hub',
  signIn: 'Sign in…',
  signOut: 'Sign out',
  storage,
  helper: (name: string) => `Credential helper ${name}`,
  plaintext: 'not encrypted',
  plaintextHint:
    'Docker stores this password unencrypted in its config.json. Sign in here to store it in the system keyring instead.',
  withoutLogin: 'Continuing without this login.',
  usernameUnknown: 'Stored by helper',
  columns: { registry: 'Registry', username: 'Username', storage: 'Stored in', action: 'Action' },
  none: {
    title: 'No accounts yet',
    text: 'Sign in to push images. Existing Docker logins appear here too.'
  },
  noKeychain: {
    title: 'No system keyring found',
    text: "You'll stay signed in until you quit Slipway. Nothing is written to disk."
  },
  keychain: (name: string) => `Passwords are stored in the system keyring (${name}).`,
  dialog: {
    title: 'Sign in to a registry',
    registry: 'Registry',
    suggestions: 'Common registries',
    username: 'Username',
    secret: 'Password or token',
    hubHint: 'Use a personal access token for Docker Hub.',
    createToken: 'Create a token…',
    tokenUrl: 'https://app.docker.com/settings/personal-access-tokens',
    keyringHint: 'Verified with the registry, then stored in the system keyring.',
    sessionHint: 'Verified with the registry, then remembered until you quit Slipway.',
    submit: 'Sign in',
    submitContinue: 'Sign in and continue',
    checking: 'Checking…',
    invalidHost: 'Enter a registry host, such as ghcr.io or 127.0.0.1:5000.',
    required: 'Required.'
  },
  dockers: 'Managed by Docker',
  dockersHint: 'Use "docker logout" to remove it.',
  signedIn: (registry: string, username: string) => `Signed in to ${registry} as ${username}`,
  signedOut: (registry: string) => `Signed out of ${registry}`,
  statusSignedIn: (registry: string) => `Signed in to ${registry}`,
  statusAs: 'as',
  notSignedIn: 'Not signed in',
  confirmSignOut: {
    title: (registry: string) => `Sign out of ${registry}?`,
    text: (username: string) => `Slipway forgets ${username}'s login.`
  }
};
