import { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { familiarName, parseReference } from '#contract/domain/reference.ts';

const text = (limit: number): z.ZodString => z.string().max(limit);
const names = z
  .array(text(1024))
  .max(10_000)
  .nullish()
  .transform((list) => list ?? []);

/** Response of GET /images/{name}/json. https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Image */
export const engineImageSchema = z.object({
  Id: text(300),
  RepoTags: names,
  RepoDigests: names,
  Created: text(100).nullish(),
  Os: text(100).default(''),
  Architecture: text(100).default(''),
  Variant: text(100).nullish(),
  RootFS: z.object({ Layers: names }).nullish()
});

/** Response of GET /images/{name}/history, newest first. `Created` is in seconds. */
export const engineHistorySchema = z
  .array(
    z.object({
      Created: z.number().nullish(),
      CreatedBy: text(1_000_000).nullish(),
      Size: z.number().nullish(),
      Comment: text(100_000).nullish()
    })
  )
  .max(10_000);

/** Response of GET /images/json. */
export const engineImageListSchema = z.array(
  z.object({ Id: text(300), RepoTags: names, Size: z.number().default(0), Created: z.number().default(0) })
);

/** Validates a response; throws engine-failed if it is not what the API specifies. */
export function readAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new AppError('engine-failed', { detail: { reason: 'unexpected-format', fields: '' } });
}

/** Only names on Docker Hub have a shorter form; with thousands of images it is worth not parsing the others. */
const isLongForm = /^(?:(?:index\.)?docker\.io|library)\//;

/** Tags in their short form; names of untagged images are omitted. */
export function readTags(tags: readonly string[]): string[] {
  return tags
    .filter((tag) => !tag.includes('<none>'))
    .map((tag) => {
      if (!isLongForm.test(tag)) return tag;
      const parsed = parseReference(tag);
      return parsed.ok ? familiarName(parsed.reference) : tag;
    });
}

/** "sha256:" and 64 digits: Podman sometimes omits the prefix. */
export function readImageId(id: string): string {
  return /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id;
}
