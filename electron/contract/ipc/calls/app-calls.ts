import { z } from 'zod';
import { importResultSchema } from '../../schema/project.ts';
import { nothing } from './shared.ts';

/** The app itself. */
export const appCalls = {
  'app.info': {
    input: nothing,
    output: z.object({
      version: z.string(),
      electron: z.string(),
      chrome: z.string(),
      platform: z.enum(['linux', 'darwin', 'win32']),
      /** Notices shown once at startup, such as a damaged store that was set aside. */
      notices: z.array(z.object({ kind: z.literal('store-damaged'), name: z.string(), renamedTo: z.string() })),
      /** Folders given on the command line, or the project that was open last, opened before the window was ready. */
      opened: importResultSchema.nullable()
    })
  },
  /** Opens an allowed page in the system's browser. */
  'app.openLink': { input: z.object({ url: z.string().max(2048) }), output: nothing },
  'app.copyText': { input: z.object({ text: z.string().max(1_000_000) }), output: nothing }
} as const;
