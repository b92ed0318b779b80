import { z } from 'zod';

/** As in LSP: line and character are zero-based, characters are UTF-16 code units. */
export const positionSchema = z.object({
  line: z.number().int().nonnegative(),
  character: z.number().int().nonnegative()
});

/** As in LSP: zero-based, `end` is exclusive. Ranges of complete lines end at character 0 of the next line. */
export const textRangeSchema = z.object({ start: positionSchema, end: positionSchema });
export type TextRange = z.infer<typeof textRangeSchema>;

/** The result of a rule for a file of a project. Titles by `ruleId` are in words/en/findings.ts. */
export const findingSchema = z.object({
  /** The rule's name in `source`; "unnamed" if it has none. */
  ruleId: z.string(),
  /** The data that the rule's words need. */
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  severity: z.enum(['error', 'warning', 'info']),
  source: z.enum(['buildkit', 'slipway']),
  /** Path in the project with forward slashes; null if the finding is not about a file. */
  file: z.string().nullable(),
  /** Null if the finding is not about lines of the file. */
  range: textRangeSchema.nullable(),
  /** Page that explains the rule, https; null if there is none. */
  url: z.string().nullable(),
  /** Text of another program, verbatim; null for our own rules. */
  detail: z.string().nullable(),
  /** Null if the finding cannot be fixed automatically. */
  fix: z
    .object({
      /** Selects the fix's title in words; null if the rule has one fix. */
      titleId: z.string().nullable(),
      edits: z.array(z.object({ range: textRangeSchema, newText: z.string() }))
    })
    .nullable()
});
export type Finding = z.infer<typeof findingSchema>;
