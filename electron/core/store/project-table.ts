import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { projectIdSchema, stackSchema } from '#contract/schema/project.ts';
import { AppError } from '../util/app-error.ts';
import { VersionedFile, type StoreNotice } from './versioned-file.ts';

const entrySchema = z.object({
  id: projectIdSchema,
  path: z.string().min(1),
  name: z.string(),
  stack: stackSchema,
  /** Milliseconds since 1970. */
  openedAt: z.number()
});
export type RecentEntry = z.infer<typeof entrySchema>;

/** Max length of the list; the least recently opened are dropped. */
export const maxRecent = 30;

export interface ProjectTable {
  /** The opaque id of a folder, derived from its real path; the same in every session. */
  idOf(path: string): string;
  /** The folder of an id created in this session or in the recent list. Throws project-unknown. */
  pathOf(id: string): string;
}

export interface RecentList {
  /** Last opened first. */
  list(): RecentEntry[];
  touch(project: Omit<RecentEntry, 'openedAt'>): Promise<void>;
  /** Removes it from the list; an open project stays open. */
  forget(id: string): Promise<void>;
}

/** Opens the recent projects. A damaged file is renamed and reported, never fatal. */
export async function openProjectTable(
  folder: string,
  notify: (notice: StoreNotice) => void
): Promise<{ projects: ProjectTable; recent: RecentList }> {
  const file = await VersionedFile.open<RecentEntry[]>({
    file: join(folder, 'projects.json'),
    version: 1,
    schema: z.array(entrySchema),
    initial: [],
    notify
  });
  const paths = new Map(file.value.map(({ id, path }) => [id, path]));
  return {
    projects: {
      idOf: (path) => {
        const id = createHash('sha256').update(path).digest('hex').slice(0, 16);
        paths.set(id, path);
        return id;
      },
      pathOf: (id) => {
        const path = paths.get(id);
        if (path === undefined) throw new AppError('project-unknown', {});
        return path;
      }
    },
    recent: {
      list: () => file.value,
      touch: async (project) => {
        const others = file.value.filter(({ id }) => id !== project.id);
        await file.change([{ ...project, openedAt: Date.now() }, ...others].slice(0, maxRecent));
      },
      forget: async (id) => {
        await file.change(file.value.filter((entry) => entry.id !== id));
      }
    }
  };
}
