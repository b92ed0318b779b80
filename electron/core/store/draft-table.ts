import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { draftSchema, type Draft } from '#contract/schema/draft.ts';
import { projectIdSchema } from '#contract/schema/project.ts';
import { VersionedFile, type StoreNotice, type VersionedFileOptions } from './versioned-file.ts';

/** Max number of drafts of one project; the least recently changed are dropped. */
export const maxDrafts = 100;

export interface DraftTable {
  /** Last changed first. */
  list(projectId: string): Draft[];
  /** Stores the unsaved text of a file in place of its last one. Throws file-unwritable. */
  save(projectId: string, draft: Draft): Promise<void>;
  /** Removes the draft of a file, and its text from the disk. Throws file-unwritable. */
  remove(projectId: string, file: string): Promise<void>;
  /** Resolves when every change so far is on disk, or could not be written. */
  settle(): Promise<void>;
}

/**
 * Opens the unsaved texts of all projects, one file per project. A damaged file is renamed and reported, never fatal. A
 * project without drafts has no file.
 */
export async function openDraftTable(storeFolder: string, notify: (notice: StoreNotice) => void): Promise<DraftTable> {
  const folder = join(storeFolder, 'drafts');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const optionsOf = (projectId: string): VersionedFileOptions<Draft[]> => ({
    file: join(folder, `${projectId}.json`),
    version: 1,
    schema: z.array(draftSchema).max(maxDrafts),
    initial: [],
    isAbsent: (drafts) => drafts.length === 0,
    notify
  });
  const files = new Map<string, VersionedFile<Draft[]>>();
  for (const name of await readdir(folder)) {
    const projectId = /^([a-z0-9]{8,40})\.json$/.exec(name)?.[1];
    if (projectId !== undefined) files.set(projectId, await VersionedFile.open(optionsOf(projectId)));
  }
  const pending = new Set<Promise<void>>();

  const change = async (projectId: string, update: (drafts: Draft[]) => Draft[]): Promise<void> => {
    const file = files.get(projectId) ?? VersionedFile.create(optionsOf(projectIdSchema.parse(projectId)));
    files.set(projectId, file);
    const written = file.change(update(file.value));
    const settled = written.catch(() => undefined);
    pending.add(settled);
    await written.finally(() => pending.delete(settled));
  };
  const without = (drafts: Draft[], file: string): Draft[] => drafts.filter((other) => other.file !== file);

  return {
    list: (projectId) => files.get(projectId)?.value ?? [],
    save: (projectId, draft) =>
      change(projectId, (drafts) => [draft, ...without(drafts, draft.file)].slice(0, maxDrafts)),
    remove: async (projectId, file) => {
      if (files.get(projectId)?.value.some((draft) => draft.file === file) === true)
        await change(projectId, (drafts) => without(drafts, file));
    },
    settle: async () => {
      await Promise.all(pending);
    }
  };
}
