import { z } from 'zod';
import { projectFileSchema } from './project.ts';

/** Max length of a text that the page sends to main, in UTF-16 code units. */
export const maxTextLength = 4_000_000;

/** The unsaved text of a project's file. */
export const draftSchema = z.object({
  file: projectFileSchema,
  /** Line endings as "\n". */
  text: z.string().max(maxTextLength),
  /** Content hash of the bytes on disk that the text is based on; null if the file did not exist. */
  revision: z.string().max(128).nullable()
});
export type Draft = z.infer<typeof draftSchema>;
