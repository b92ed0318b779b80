import { AppError } from '../util/app-error.ts';
import { isAttestation, platformName, satisfies } from '../oci/platform.ts';
import type { Descriptor } from '../oci/image-documents.ts';

export interface PlatformChoice {
  readonly descriptor: Descriptor;
  readonly platform: string;
  /** All that can be chosen. */
  readonly platforms: string[];
}

/**
 * The manifest of an index for a platform: "linux/arm64" takes any of its variants. Null takes `preferred` where the index
 * has it, else its first. Attestations are no platform. Throws platform-not-found; null for an index without an image.
 */
export function choosePlatform(
  manifests: readonly Descriptor[],
  wanted: string | null,
  preferred: string
): PlatformChoice | null {
  const images = manifests
    .filter((descriptor) => !isAttestation(descriptor))
    .map((descriptor) => ({
      descriptor,
      platform: platformName(descriptor.platform ?? { os: '', architecture: '' })
    }));
  const platforms = [...new Set(images.map(({ platform }) => platform))];
  const find = (platform: string): (typeof images)[number] | undefined =>
    images.find((image) => image.platform === platform) ?? images.find((image) => satisfies(image.platform, platform));
  const chosen = wanted === null ? (find(preferred) ?? images[0]) : find(wanted);
  if (chosen !== undefined) return { ...chosen, platforms };
  if (wanted === null || images.length === 0) return null;
  throw new AppError('platform-not-found', { platform: wanted, platforms: platforms.slice(0, 50) });
}
