import type { z } from 'zod';
import type { ErrorReason } from '#contract/schema/error-reason.ts';
import { describeIssue } from '../util/describe-issue.ts';

/** A document, or why it is none. */
export type ParsedDocument<T> = { ok: true; document: T } | { ok: false; reason: ErrorReason };

/** Reads a JSON document of an image by its schema, from an archive or a registry. */
export function parseDocument<T>(text: string, schema: z.ZodType<T>): ParsedDocument<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: { reason: 'invalid-json' } };
  }
  const read = schema.safeParse(json);
  if (read.success) return { ok: true, document: read.data };
  return { ok: false, reason: { reason: 'unexpected-format', fields: describeIssue(read.error) } };
}
