import type { Descriptor } from './image-documents.ts';

/** "linux/arm64/v8" also matches a request for "linux/arm64". */
export function matchesPlatform(platform: string, requested: string): boolean {
  return platform === requested || platform.startsWith(`${requested}/`);
}

/** "linux/arm64/v8": operating system, architecture and the variant, if any. */
export function formatPlatform(platform: { os: string; architecture: string; variant?: string }): string {
  const { os, architecture, variant } = platform;
  return [os, architecture, variant].filter((part) => part !== undefined && part !== '').join('/');
}

/** The platform that an engine on this machine runs: "linux/amd64". */
export function hostPlatform(): string {
  const architecture = { x64: 'amd64', ia32: '386' }[process.arch as string] ?? process.arch;
  return `linux/${architecture}`;
}

/** BuildKit's provenance and signatures: https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
export function isAttestation({ annotations, platform }: Descriptor): boolean {
  if (annotations['vnd.docker.reference.type'] === 'attestation-manifest') return true;
  return platform?.os === 'unknown' && platform.architecture === 'unknown';
}
