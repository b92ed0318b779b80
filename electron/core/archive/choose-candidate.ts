import { AppError } from '../util/app-error.ts';
import { blobPath } from './archive-contents.ts';
import type { ArchiveContents } from './archive-contents.ts';
import { indexSchema, manifestSchema } from '../oci/image-documents.ts';
import type { Descriptor } from '../oci/image-documents.ts';
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

/**
 * The images of an OCI layout that can be analyzed: nested indexes are followed, attestations are skipped, and so are
 * images whose manifest is missing (platforms that were never pulled). Throws archive-blob-missing if none is left.
 */
export async function findCandidates(contents: ArchiveContents): Promise<ImageCandidate[]> {
  const root = await readDocument(contents, 'index.json', indexSchema);
  const found: ImageCandidate[] = [];
  const missing: string[] = [];
  const visit = async (descriptor: Descriptor, names: string[], depth: number, rootDigest: string): Promise<void> => {
    if (isAttestation(descriptor)) return;
    const path = blobPath(descriptor.digest);
    const document = await contents.document(path);
    if (!document) {
      missing.push(descriptor.digest);
      return;
    }
    if (INDEX_TYPES.has(descriptor.mediaType) && depth < MAX_NESTED) {
      const index = await readDocument(contents, path, indexSchema);
      for (const inner of index.manifests) await visit(inner, [...names, ...namesOf(inner)], depth + 1, rootDigest);
    } else if (await isImage(contents, path)) {
      found.push({
        descriptor,
        platform: formatPlatform(descriptor.platform ?? { os: '', architecture: '' }),
        names,
        rootDigest
      });
    }
  };
  for (const descriptor of root.manifests) await visit(descriptor, namesOf(descriptor), 0, descriptor.digest);
  const [lost] = missing;
  if (found.length === 0 && lost !== undefined) throw new AppError('archive-blob-missing', { digest: lost });
  return found;
}

/** Throws archive-image-unknown and platform-not-found, which list the available images. */
export function chooseCandidate(
  candidates: readonly ImageCandidate[],
  choice: ImageChoice
): ImageCandidate | undefined {
  const { reference, platform } = choice;
  const named = reference === null ? candidates : candidates.filter(({ names }) => names.includes(reference));
  if (reference !== null && named.length === 0) {
    const images = [...new Set(candidates.flatMap(({ names }) => names))].slice(0, 50);
    throw new AppError('archive-image-unknown', { reference, images });
  }
  const ofHost = named.find((candidate) => matchesPlatform(candidate.platform, hostPlatform()));
  if (platform === null) return ofHost ?? named[0];
  const chosen = named.find((candidate) => matchesPlatform(candidate.platform, platform));
  const unspecified = named.find((candidate) => candidate.platform === '');
  if (!chosen && !unspecified) {
    const platforms = [...new Set(named.map((candidate) => candidate.platform))].slice(0, 50);
    throw new AppError('platform-not-found', { platform, platforms });
  }
  return chosen ?? unspecified;
}

function namesOf({ annotations }: Descriptor): string[] {
  const names = [annotations?.['io.containerd.image.name'], annotations?.['org.opencontainers.image.ref.name']];
  return names.filter((name) => name !== undefined);
}

/** Helm charts and other artifacts have manifests too, but not an image config. */
async function isImage(contents: ArchiveContents, path: string): Promise<boolean> {
  const manifest = await readDocument(contents, path, manifestSchema);
  return /image|^$/.test(manifest.config.mediaType);
}
