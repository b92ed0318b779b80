import { importResultSchema } from '../../schema/project.ts';
import { nothing } from './shared.ts';

/** Image archives on disk. */
export const archiveCalls = {
  /** Shows the system's dialog for image archives; empty if it was dismissed. */
  'archive.choose': { input: nothing, output: importResultSchema }
} as const;
