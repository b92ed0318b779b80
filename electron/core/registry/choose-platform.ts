import { AppError } from '../util/app-error.ts';
import { isAttestation, formatPlatform, matchesPlatform } from '../oci/platform.ts';
import type { Descriptor } from '../oci/image-documents.ts';

export interface PlatformChoice {
  readonly descriptor: Descriptor;
  readonly platform: string;
  /** All available platforms. */
  readonly platforms: string[];
}

/**
 * The manifest of an index for a platform: "linux/arm64" matches any of its variants. Null chooses `preferred` if the
 * index
 * has it, else its first. Attestations are skipped. Throws platform-not-found; null for an index without an image.
 */
export function choosePlatform(
  manifests: readonly Descriptor[],
  requested: string | null,
  preferred: string
): PlatformChoice | null {
  const images = manifests
    .filter((descriptor) => !isAttestation(descriptor))
    .map((descriptor) => ({
      descriptor,
      platform: formatPlatform(descriptor.platform ?? { os: '', architecture: '' })
    }));
  const platforms = [...new Set(images.map(({ platform }) => platform))];
  const find = (platform: string): (typeof images)[number] | undefined =>
    images.find((image) => image.platform === platform) ??
    images.find((image) => matchesPlatform(image.platform, platform));
  const chosen = requested === null ? (find(preferred) ?? images[0]) : find(requested);
  if (chosen !== undefined) return { ...chosen, platforms };
  if (requested === null || images.length === 0) return null;
  throw new AppError('platform-not-found', { platform: requested, platforms: platforms.slice(0, 50) });
}
