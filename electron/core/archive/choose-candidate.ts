import { AppError, Cancelled } from '../util/app-error.ts';
import { blobPath } from './archive-contents.ts';
import type { ArchiveContents } from './archive-contents.ts';
import { unsupported } from './explain-entry.ts';
import { indexSchema, manifestSchema } from '../oci/image-documents.ts';
import type { Descriptor, Manifest } from '../oci/image-documents.ts';
import { isImageManifest } from '../oci/is-image-manifest.ts';
import { hostPlatform, isAttestation, formatPlatform, matchesPlatform } from '../oci/platform.ts';
import { readDocument } from './read-document.ts';

/** Selects one of an archive's images. */
export interface ImageChoice {
  /** "linux/arm64/v8"; null for this machine's, or the only one. */
  platform: string | null;
  /** A name in the archive, "alice/app:1"; null for the first. */
  reference: string | null;
}

/** An image whose manifest is in the archive. */
export interface ImageCandidate {
  descriptor: Descriptor;
  manifest: Manifest;
  /** "linux/amd64"; empty if the index does not record it. */
  platform: string;
  names: string[];
  /** The entry of index.json: an index around the manifest, or the manifest. */
  rootDigest: string;
}

const MAX_NESTED = 4;
const INDEX_TYPES = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json'
]);
const MANIFEST_TYPES = new Set([
  '',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json'
]);
const SCHEMA_1_TYPES = 'application/vnd.docker.distribution.manifest.v1+';

/**
 * The images of an OCI layout that can be analyzed: nested indexes are followed; attestations, signatures and other
 * artifacts are skipped, and so are images whose manifest is missing (platforms that were never pulled) or cannot be
 * read. If no image is left, throws what is wrong with the first of these; archive-not-an-image if there is none.
 */
export async function findCandidates(contents: ArchiveContents): Promise<ImageCandidate[]> {
  const root = await readDocument(contents, 'index.json', indexSchema);
  const found: ImageCandidate[] = [];
  const failures: unknown[] = [];
  const visit = async (descriptor: Descriptor, names: string[], depth: number, rootDigest: string): Promise<void> => {
    if (isAttestation(descriptor)) return;
    const { mediaType } = descriptor;
    if (mediaType.startsWith(SCHEMA_1_TYPES)) throw unsupported(descriptor.digest, 'manifest-schema-1');
    const path = blobPath(descriptor.digest);
    if (INDEX_TYPES.has(mediaType) && depth < MAX_NESTED) {
      const index = await readDocument(contents, path, indexSchema);
      for (const inner of index.manifests) {
        await visit(inner, [...names, ...namesOf(inner)], depth + 1, rootDigest).catch(remember);
      }
      return;
    }
    if (!MANIFEST_TYPES.has(mediaType)) return;
    const manifest = await readDocument(contents, path, manifestSchema);
    if (manifest.schemaVersion === 1) throw unsupported(descriptor.digest, 'manifest-schema-1');
    if (!isImageManifest(manifest)) return;
    const platform = formatPlatform(descriptor.platform ?? { os: '', architecture: '' });
    found.push({ descriptor, manifest, platform, names, rootDigest });
  };
  const remember = (error: unknown): void => {
    if (error instanceof Cancelled) throw error;
    failures.push(error);
  };
  for (const descriptor of root.manifests) {
    await visit(descriptor, namesOf(descriptor), 0, descriptor.digest).catch(remember);
  }
  if (found.length > 0) return found;
  if (failures.length > 0) throw failures[0];
  const detail = { reason: root.manifests.length === 0 ? 'index-empty' : 'artifacts-only' } as const;
  throw new AppError('archive-not-an-image', { archive: contents.name, detail });
}

/** One of at least one. Throws archive-image-unknown and platform-not-found, which list the available images. */
export function chooseCandidate(candidates: readonly ImageCandidate[], choice: ImageChoice): ImageCandidate {
  const { reference, platform } = choice;
  const named = reference === null ? candidates : candidates.filter(({ names }) => names.includes(reference));
  const [first] = named;
  if (!first) {
    const images = [...new Set(candidates.flatMap(({ names }) => names))].slice(0, 50);
    throw new AppError('archive-image-unknown', { reference: reference ?? '', images });
  }
  const ofHost = named.find((candidate) => matchesPlatform(candidate.platform, hostPlatform()));
  if (platform === null) return ofHost ?? first;
  const chosen = named.find((candidate) => matchesPlatform(candidate.platform, platform));
  const unspecified = named.find((candidate) => candidate.platform === '');
  const found = chosen ?? unspecified;
  if (found) return found;
  const platforms = [...new Set(named.map((candidate) => candidate.platform))].slice(0, 50);
  throw new AppError('platform-not-found', { platform, platforms });
}

function namesOf({ annotations }: Descriptor): string[] {
  const names = [annotations['io.containerd.image.name'], annotations['org.opencontainers.image.ref.name']];
  return names.flatMap((name) => (name === undefined || name === '' ? [] : [name]));
}
