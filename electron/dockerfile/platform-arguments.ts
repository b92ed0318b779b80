/** What a build is made for and where, as far as it is known; both as "linux/arm64/v8". */
export interface BuildPlatforms {
  readonly build: string;
  readonly target: string;
}

const parts = ['PLATFORM', 'OS', 'ARCH', 'VARIANT', 'OSVERSION'] as const;

/** The arguments that BuildKit and Podman set by themselves in the global scope. */
export const platformArguments: ReadonlySet<string> = new Set(
  ['BUILD', 'TARGET'].flatMap((side) => parts.map((part) => side + part))
);

/**
 * The values of the platform arguments. None when the platforms are unknown.
 * https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
 */
export function readPlatformArguments(platforms: BuildPlatforms | null): [name: string, value: string][] {
  if (platforms === null) return [];
  const sides = { BUILD: platforms.build, TARGET: platforms.target };
  return Object.entries(sides).flatMap(([side, platform]) => {
    const [os = '', architecture = '', variant = ''] = platform.split('/');
    const values = { PLATFORM: platform, OS: os, ARCH: architecture, VARIANT: variant, OSVERSION: '' };
    return parts.map((part): [string, string] => [side + part, values[part]]);
  });
}
