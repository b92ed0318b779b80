import { join } from 'node:path';
import { z } from 'zod';
import { projectIdSchema } from '#contract/schema/project.ts';
import { VersionedFile, type StoreNotice } from './versioned-file.ts';

/** What the window showed last, for the next start. */
export interface SessionFile {
  /** The project that is open; null while none is. */
  openProject(): string | null;
  /** Throws file-unwritable. */
  setOpenProject(id: string | null): Promise<void>;
}

/** Opens the last session's state. A damaged file is renamed and reported, never fatal. */
export async function openSessionFile(folder: string, notify: (notice: StoreNotice) => void): Promise<SessionFile> {
  const file = await VersionedFile.open<{ openProject: string | null }>({
    file: join(folder, 'session.json'),
    version: 1,
    schema: z.object({ openProject: projectIdSchema.nullable() }),
    initial: { openProject: null },
    notify
  });
  return {
    openProject: () => file.value.openProject,
    setOpenProject: (openProject) => file.change({ openProject })
  };
}
