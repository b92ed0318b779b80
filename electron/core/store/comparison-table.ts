import { join } from 'node:path';
import { z } from 'zod';
import { projectIdSchema } from '#contract/schema/project.ts';
import { rememberedComparisonSchema, type RememberedComparison } from '#contract/schema/remembered-comparison.ts';
import { VersionedFile, type StoreNotice } from './versioned-file.ts';

/** Max number of remembered comparisons; the oldest are dropped. */
export const maxComparisons = 100;

const entrySchema = z.object({
  projectId: projectIdSchema,
  comparison: rememberedComparisonSchema,
  /** The paths of the archives among the images, by id. They are never sent to the page. */
  archivePaths: z.record(z.string(), z.string())
});
export type ComparisonEntry = z.infer<typeof entrySchema>;

export interface ComparisonTable {
  of(projectId: string): ComparisonEntry | null;
  /** Saves the last comparison of a project; without images it is removed. Throws file-unwritable. */
  save(entry: ComparisonEntry): Promise<void>;
}

/** Opens the remembered comparisons, one per project. A damaged file is renamed and reported, never fatal. */
export async function openComparisonTable(
  folder: string,
  notify: (notice: StoreNotice) => void
): Promise<ComparisonTable> {
  const file = await VersionedFile.open<ComparisonEntry[]>({
    file: join(folder, 'comparisons.json'),
    version: 1,
    schema: z.array(entrySchema),
    initial: [],
    notify
  });
  const hasImages = ({ images }: RememberedComparison): boolean => images.length > 0;
  return {
    of: (projectId) => file.value.find((entry) => entry.projectId === projectId) ?? null,
    save: async (entry) => {
      const others = file.value.filter(({ projectId }) => projectId !== entry.projectId);
      await file.change([...(hasImages(entry.comparison) ? [entry] : []), ...others].slice(0, maxComparisons));
    }
  };
}
