const secretName = /token|secret|passw|credential|api_?key|private_?key|auth/i;

/** Build arguments as they may be kept: the values of those whose names speak of a secret are left out. */
export function hideSecretArguments(buildArgs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(buildArgs).map(([name, value]) => [name, secretName.test(name) ? '' : value])
  );
}
