import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openBuildRecords, type BuildRecords } from './build-records.ts';
import { openClientId } from './client-id.ts';
import { openComparisonTable, type ComparisonTable } from './comparison-table.ts';
import { openDraftTable, type DraftTable } from './draft-table.ts';
import { openProjectTable, type ProjectTable, type RecentList } from './project-table.ts';
import { temporaryName } from '../util/staging-folder.ts';
import { openSessionFile, type SessionFile } from './session-file.ts';
import { openSettings, type SettingsStore } from './settings-store.ts';
import type { StoreNotice } from './versioned-file.ts';

/** Slipway's persistent data: small JSON files in one folder, without the secrets of builds. */
export interface Store {
  readonly settings: SettingsStore;
  /** A random id of this installation, the same from run to run. */
  readonly clientId: () => string;
  readonly projects: ProjectTable;
  readonly recent: RecentList;
  readonly builds: BuildRecords;
  readonly comparisons: ComparisonTable;
  readonly drafts: DraftTable;
  readonly session: SessionFile;
  /** Files that were set aside while the store opened. */
  readonly notices: StoreNotice[];
}

/**
 * Opens the store under `folder`, creating it if needed. Damaged files are never fatal; a folder that
 * cannot be made or listed is (Node's own error).
 */
export async function openStore(folder: string): Promise<Store> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await dropHalfWritten(folder);
  const notices: StoreNotice[] = [];
  const notify = (notice: StoreNotice): void => void notices.push(notice);
  const settings = await openSettings(folder, notify);
  const clientId = await openClientId(folder, notify);
  const { projects, recent } = await openProjectTable(folder, notify);
  const builds = await openBuildRecords(folder, notify);
  const comparisons = await openComparisonTable(folder, notify);
  const drafts = await openDraftTable(folder, notify);
  const session = await openSessionFile(folder, notify);
  await dropHalfWritten(join(folder, 'builds'));
  await dropHalfWritten(join(folder, 'drafts'));
  return { settings, clientId, projects, recent, builds, comparisons, drafts, session, notices };
}

/** A process killed while writing leaves its temporary file; the file to be replaced is complete. */
async function dropHalfWritten(folder: string): Promise<void> {
  const names = await readdir(folder);
  const stale = names.filter((name) => temporaryName.test(name));
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
}
