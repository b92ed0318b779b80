import { join } from 'node:path';
import { z } from 'zod';
import { projectIdSchema } from '#contract/schema/project.ts';
import { rememberedComparisonSchema, type RememberedComparison } from '#contract/schema/remembered-comparison.ts';
import { VersionedFile, type StoreNotice } from './versioned-file.ts';

/** The projects compared in least recently beyond these are forgotten. */
export const maxComparisons = 100;

const entrySchema = z.object({
  projectId: projectIdSchema,
  comparison: rememberedComparisonSchema,
  /** Where the archives among the images lie, by their ids. The page never learns it. */
  archivePaths: z.record(z.string(), z.string())
});
export type ComparisonEntry = z.infer<typeof entrySchema>;

export interface ComparisonTable {
  of(projectId: string): ComparisonEntry | null;
  /** Keeps what was compared last in a project; without images nothing is kept of it. Throws file-unwritable. */
  save(entry: ComparisonEntry): Promise<void>;
}

/** Opens the remembered comparisons, one for each project. A damaged file is renamed and reported, never fatal. */
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
