import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { buildRecordSchema, type BuildRecord } from '#contract/schema/build.ts';
import { projectIdSchema } from '#contract/schema/project.ts';
import { maskBuildRecord } from '../secrets/mask-build-record.ts';
import { VersionedFile, type StoreNotice } from './versioned-file.ts';

/** The oldest records of a project are dropped beyond these limits. */
export const maxRecords = 100;
const maxCharacters = 16 * 1024 * 1024;

export interface BuildRecords {
  /** Last added first. */
  list(projectId: string): Promise<BuildRecord[]>;
  get(id: string): Promise<BuildRecord | undefined>;
  /** Saves a record without its secrets; the last 100 per project are stored, at most 16 MB. Throws file-unwritable. */
  add(record: BuildRecord): Promise<void>;
  /** Changes a record; does nothing if it was dropped in the meantime. Throws file-unwritable. */
  update(id: string, patch: Partial<Omit<BuildRecord, 'id' | 'projectId'>>): Promise<void>;
}

/**
 * One file per project, so that adding a record costs one small write. Secrets in records of earlier
 * versions are removed when they are read, and the records are rewritten without them.
 */
export async function openBuildRecords(
  storeFolder: string,
  notify: (notice: StoreNotice) => void
): Promise<BuildRecords> {
  const folder = join(storeFolder, 'builds');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const open = (projectId: string): Promise<VersionedFile<BuildRecord[]>> =>
    VersionedFile.open<BuildRecord[]>({
      file: join(folder, `${projectId}.json`),
      version: 1,
      schema: z.array(buildRecordSchema),
      initial: [],
      notify
    });
  // All at startup, so that damaged files are reported when the window opens.
  const files = new Map<string, Promise<VersionedFile<BuildRecord[]>>>();
  const records = new Map<string, BuildRecord[]>();
  for (const name of await readdir(folder)) {
    const projectId = /^([a-z0-9]{8,40})\.json$/.exec(name)?.[1];
    if (projectId !== undefined) files.set(projectId, open(projectId));
  }
  for (const [projectId, opening] of files) {
    const file = await opening;
    const masked = file.value.map(maskBuildRecord);
    records.set(projectId, masked);
    // If it cannot be written now, the next change writes it.
    if (!isDeepStrictEqual(masked, file.value)) await file.change(masked).catch(() => undefined);
  }

  const put = async (projectId: string, next: BuildRecord[]): Promise<void> => {
    records.set(projectId, next);
    const opened = files.get(projectId) ?? open(projectIdSchema.parse(projectId));
    files.set(projectId, opened);
    await (await opened).change(next);
  };
  const find = (id: string): BuildRecord | undefined =>
    [...records.values()].flat().find((candidate) => candidate.id === id);

  return {
    list: (projectId) => Promise.resolve(records.get(projectId) ?? []),
    get: (id) => Promise.resolve(find(id)),
    add: (record) => put(record.projectId, trim([maskBuildRecord(record), ...(records.get(record.projectId) ?? [])])),
    update: async (id, patch) => {
      const record = find(id);
      if (!record) return;
      const list = records.get(record.projectId) ?? [];
      const changed = list.map((candidate) => (candidate.id === id ? { ...candidate, ...patch } : candidate));
      await put(record.projectId, changed);
    }
  };
}

function trim(records: BuildRecord[]): BuildRecord[] {
  const retained: BuildRecord[] = [];
  let characters = 0;
  for (const record of records.slice(0, maxRecords)) {
    characters += JSON.stringify(record).length;
    if (characters > maxCharacters && retained.length > 0) break;
    retained.push(record);
  }
  return retained;
}
