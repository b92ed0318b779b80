import { familiarName, parseReference } from '#contract/domain/reference.ts';

/** Only names on Docker Hub have a shorter form; with thousands of images it is worth not parsing the others. */
const isLongForm = /^(?:(?:index\.)?docker\.io|library)\//;

/** Tags in their short form, each once; names of untagged images and names by digest are omitted. */
export function readTags(tags: readonly string[]): string[] {
  return [...new Set(tags.filter((tag) => !/<none>|@/.test(tag)).map(toShortForm))];
}

/**
 * The names of an image: its tags; for one that was pulled by its digest, or whose tag was moved, the repository with
 * the digest, as docker lists it. The containerd store reports these as tags too.
 */
export function readNames(tags: readonly string[], digests: readonly string[]): string[] {
  const tagged = readTags(tags);
  if (tagged.length > 0) return tagged;
  const byDigest = [...tags, ...digests].filter((name) => /^[^<@]+@sha256:[0-9a-f]{64}$/.test(name));
  return [...new Set(byDigest.map(toShortForm))];
}

function toShortForm(name: string): string {
  if (!isLongForm.test(name)) return name;
  const parsed = parseReference(name);
  return parsed.ok ? familiarName(parsed.reference) : name;
}
