import type { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { parseDocument } from '../oci/parse-document.ts';
import type { ArchiveContents } from './archive-contents.ts';
import { missingEntry } from './explain-entry.ts';

/** A JSON file of an image, validated. Throws archive-blob-missing, and what `ArchiveContents.document` throws. */
export async function readDocument<T>(contents: ArchiveContents, path: string, schema: z.ZodType<T>): Promise<T> {
  const data = await contents.document(path);
  if (!data) throw missingEntry(path);
  const read = parseDocument(data.toString('utf8'), schema);
  if (read.ok) return read.document;
  throw new AppError('archive-damaged', { entry: path.slice(0, 1000), detail: read.reason });
}
