import { parseReference, registryHost, type Reference } from '#contract/domain/reference.ts';
import { listImageUses, type ImageUse } from '#dockerfile/image-references.ts';
import type { ParsedDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';

export interface BaseImage {
  /** As written, variables expanded. */
  readonly reference: string;
  readonly parsed: Reference;
  readonly host: string;
  /** The repository's path in its registry. */
  readonly repository: string;
  /** 1-based line that names it. */
  readonly line: number;
  readonly use: ImageUse['use'];
}

/** The images that a build of the Dockerfile pulls, in the order of their lines. */
export function baseImages(dockerfile: ParsedDockerfile): BaseImage[] {
  return listImageUses(dockerfile).flatMap(({ reference, line, use }) => {
    const result = parseReference(reference);
    if (!result.ok) return [];
    const { reference: parsed } = result;
    return [{ reference, parsed, host: registryHost(parsed.domain), repository: parsed.path, line, use }];
  });
}

/** What failed while an image was pulled. */
export interface PullingStep {
  readonly name: string;
  readonly instruction: boolean;
  readonly line: number | null;
}

/**
 * The image that an engine's sentence is about: the one whose name is longest among those in it. Without a name in it, the
 * only one of the step's line, or of the Dockerfile. Null when none is certain.
 */
export function findNamedImage(text: string, bases: readonly BaseImage[], step: PullingStep | null): BaseImage | null {
  // "load metadata for R" names the image where the sentence itself does not.
  const said = `${text}\n${step?.name ?? ''}`;
  const named = bases
    .map((base) => ({ base, length: lengthOfName(said, base) }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length);
  const longest = named.filter(({ length }) => length === named[0]?.length).map(({ base }) => base);
  const ofLine = (images: readonly BaseImage[]): BaseImage[] => images.filter(({ line }) => line === step?.line);
  // Image names in a command's output do not count, except those mounted into it.
  if (/^RUN\b/i.test(step?.name ?? '')) return ofLine(longest)[0] ?? null;
  if (longest.length > 0) return ofLine(longest)[0] ?? longest[0] ?? null;
  const isElsewhere = step?.instruction === true && step.line === null;
  if (isElsewhere) return null;
  return onlyImage(ofLine(bases).length > 0 ? ofLine(bases) : bases);
}

function onlyImage(images: readonly BaseImage[]): BaseImage | null {
  return new Set(images.map(({ reference }) => reference)).size === 1 ? (images[0] ?? null) : null;
}

/** How much of an image's name is in a text, as a word of its own; 0 when it is not. */
function lengthOfName(text: string, { reference, parsed, repository }: BaseImage): number {
  const { domain, tag, digest } = parsed;
  const suffixes = [`:${tag ?? 'latest'}`, ...(digest === null ? [] : [`@${digest}`]), ''];
  const repositories = [`${domain}/${repository}`, repository, repository.replace(/^library\//, '')];
  const names = [reference, ...repositories.flatMap((name) => suffixes.map((suffix) => name + suffix))];
  // https://registry-1.docker.io/v2/library/busybox/manifests/latest
  const address = `${domain}/v2/${repository}/`;
  return Math.max(
    text.includes(address) ? repository.length : 0,
    ...names.filter((name) => isInText(text, name)).map((name) => name.length)
  );
}

function isInText(text: string, name: string): boolean {
  const partOfName = /[\w./@-]/;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text.slice(at + name.length, at + name.length + 2);
    // A colon or a full stop ends a sentence's part unless more of a name follows.
    if (!partOfName.test(before) && !/^(?:[\w/-]|[.:]\w)/.test(after)) return true;
  }
  return false;
}
