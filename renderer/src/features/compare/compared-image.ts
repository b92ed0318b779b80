import { familiarName, parseReference } from '#contract/domain/reference.ts';
import type { BuildRecord } from '#contract/schema/build.ts';
import type { ComparedSource } from '#contract/schema/comparison.ts';
import type { OpenedArchive } from '#contract/schema/project.ts';
import type { RememberedImage } from '#contract/schema/remembered-comparison.ts';
import { words } from '#contract/words/words.ts';
import { formatClock, formatMoment } from '../../text/format-time.ts';

/** An image chosen for comparison. */
export interface ComparedImage {
  readonly key: string;
  readonly source: ComparedSource;
  /** "shop/api:1.9"; for an archive its file name. */
  readonly name: string;
  /** Distinguishes it from others of the same name: its build's time, or its source. */
  readonly chip: string | null;
  /** End of the build that created it, in milliseconds since 1970; null if it is not known from a build. */
  readonly builtAt: number | null;
}

let lastKey = 0;
const newKey = (): string => `image-${++lastKey}`;

/** An image of an engine, by name or id. */
export function comparedFromReference(reference: string, engineId: string | null): ComparedImage {
  const digits = /^sha256:([0-9a-f]{12})/.exec(reference)?.[1];
  const source = { kind: 'engine', image: reference, buildId: null, engineId } as const;
  return {
    key: newKey(),
    source,
    name: digits ?? shorten(reference),
    chip: digits ? words.compare.untagged : null,
    builtAt: null
  };
}

/** The image that a recorded build created; null if it created none. */
export function comparedFromBuild(
  record: BuildRecord | null,
  formatChip: (clock: string) => string
): ComparedImage | null {
  if (record?.imageId == null) return null;
  const { imageId: image, id: buildId, builtOn } = record;
  const source = { kind: 'engine', image, buildId, engineId: builtOn?.id ?? null } as const;
  const builtAt = record.startedAt + record.durationMs;
  return { key: newKey(), source, name: shorten(record.options.tag), chip: formatChip(formatClock(builtAt)), builtAt };
}

/** An image of a remembered comparison; its build may no longer be the last one. */
export function comparedFromSaved({ chip, ...image }: RememberedImage): ComparedImage {
  const { builtAt } = image;
  return { key: newKey(), ...image, chip: builtAt === null ? chip : words.compare.builtAt(formatMoment(builtAt)) };
}

/** The first image of an opened archive. */
export function comparedFromArchive({ archiveId, name }: OpenedArchive): ComparedImage {
  const source = { kind: 'archive', archiveId, platform: null, reference: null } as const;
  return { key: newKey(), source, name, chip: words.images.archive.fromFileShort, builtAt: null };
}

/** An image in a registry; with the platform if one of several was chosen. */
export function comparedFromRegistry(reference: string, platform: string | null): ComparedImage {
  const source = { kind: 'registry', reference, platform, fetchLayers: false } as const;
  const chip = platform === null ? words.remote.notPulled : words.remote.onPlatform(platform);
  return { key: newKey(), source, name: shorten(reference), chip, builtAt: null };
}

/**
 * The header of an image's column in a narrow table: for a build its time if it is unambiguous,
 * else the end of its name if that is unambiguous, else its name.
 */
export function shortenImageName({ name, chip, builtAt }: ComparedImage, images: readonly ComparedImage[]): string {
  const isUnique = (matches: (other: ComparedImage) => boolean): boolean => images.filter(matches).length === 1;
  if (builtAt !== null && chip !== null && isUnique((other) => other.chip === chip)) return chip;
  const { suffix } = splitName(name);
  return isUnique((other) => splitName(other.name).suffix === suffix) ? suffix : name;
}

/** A name before and after its last slash: image names differ at the end. */
export function splitName(name: string): { prefix: string; suffix: string } {
  const slash = name.lastIndexOf('/') + 1;
  return { prefix: name.slice(0, slash), suffix: name.slice(slash) };
}

function shorten(reference: string): string {
  const parsed = parseReference(reference);
  return parsed.ok ? familiarName(parsed.reference) : reference;
}
