import { z } from 'zod';

/** As in LSP: line and character are zero-based, characters are UTF-16 code units. */
export const positionSchema = z.object({
  line: z.number().int().nonnegative(),
  character: z.number().int().nonnegative()
});

/** As in LSP: zero-based, `end` is exclusive. Whole lines end at character 0 of the line after them. */
export const textRangeSchema = z.object({ start: positionSchema, end: positionSchema });
export type TextRange = z.infer<typeof textRangeSchema>;

/** What a rule found in a file of a project. Titles by `ruleId` are in words/en/findings.ts. */
export const findingSchema = z.object({
  /** The name that `source` gives the rule; "unnamed" where it gives none. */
  ruleId: z.string(),
  /** What the words of the rule need. */
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  severity: z.enum(['error', 'warning', 'info']),
  source: z.enum(['buildkit']),
  /** Path in the project with forward slashes; null when the finding is about no file. */
  file: z.string().nullable(),
  /** Null when the finding is about no lines of the file. */
  range: textRangeSchema.nullable(),
  /** Page that explains the rule, https; null when there is none. */
  url: z.string().nullable(),
  /** Text of a foreign program, as it came; null for rules of our own. */
  detail: z.string().nullable(),
  /** Null when the finding cannot be fixed automatically. */
  fix: z
    .object({
      /** The fix's title in words; null where the rule has one fix. */
      titleId: z.string().nullable(),
      edits: z.array(z.object({ range: textRangeSchema, newText: z.string() }))
    })
    .nullable()
});
export type Finding = z.infer<typeof findingSchema>;
