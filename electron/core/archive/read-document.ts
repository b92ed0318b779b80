import type { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { describeIssue } from '../util/describe-issue.ts';
import type { ArchiveContents } from './archive-contents.ts';
import { expectedDigest } from './archive-contents.ts';

/** A JSON file of an image, validated. Throws archive-blob-missing, archive-damaged, archive-digest-mismatch. */
export async function readDocument<T>(contents: ArchiveContents, path: string, schema: z.ZodType<T>): Promise<T> {
  const data = await contents.document(path);
  const entry = path.slice(0, 1000);
  if (!data) throw new AppError('archive-blob-missing', { digest: expectedDigest(path) ?? entry });
  let json: unknown;
  try {
    json = JSON.parse(data.toString('utf8'));
  } catch (error) {
    throw new AppError('archive-damaged', { entry, detail: { reason: 'invalid-json' } }, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('archive-damaged', {
    entry,
    detail: { reason: 'unexpected-format', fields: describeIssue(parsed.error) }
  });
}
