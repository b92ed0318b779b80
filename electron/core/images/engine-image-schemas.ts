import { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { goNumber, goOptionalSlice, goPointer, goSlice, goText } from '../oci/go-json.ts';
import { runConfigSchema } from '../oci/run-config.ts';

const names = goOptionalSlice(z.string().max(1024), 10_000);
const id = z.string().max(300);

/** Response of GET /images/{name}/json. https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Image */
export const engineImageSchema = z.object({
  Id: id,
  RepoTags: names,
  RepoDigests: names,
  Created: goText(100),
  Os: goText(100),
  Architecture: goText(100),
  Variant: goText(100),
  Config: goPointer(runConfigSchema),
  RootFS: goPointer(z.object({ Layers: goSlice(id, 1000) }))
});

/** Response of GET /images/{name}/history, newest first. `Created` is in seconds. */
export const engineHistorySchema = goSlice(
  z.object({ Created: goNumber(), CreatedBy: goText(1_000_000), Size: goNumber(), Comment: goText(100_000) }),
  10_000
);

/** Response of GET /images/json. */
export const engineImageListSchema = goSlice(
  z.object({ Id: id, RepoTags: names, RepoDigests: names, Size: goNumber(), Created: goNumber() }),
  1_000_000
);

/** Validates a response; throws engine-failed if it is not what the API specifies. */
export function readAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new AppError('engine-failed', { detail: { reason: 'unexpected-format', fields: '' } });
}

/** "sha256:" and 64 digits: Podman sometimes omits the prefix. */
export function readImageId(id: string): string {
  return /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id;
}
