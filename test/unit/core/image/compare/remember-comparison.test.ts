import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RememberedComparison } from '../../../../../electron/contract/schema/remembered-comparison.ts';
import {
  recallComparison,
  rememberComparison
} from '../../../../../electron/core/image/compare/remember-comparison.ts';
import { OpenArchives } from '../../../../../electron/core/image/open-archives.ts';
import { keptComparisons, openComparisonTable } from '../../../../../electron/core/store/comparison-table.ts';
import { packFiles } from '../archive/image-archive.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-remember-'));
});
afterAll(() => rm(folder, { recursive: true }));

const notify = (): void => expect.unreachable();
const projectId = 'project0';
const local = { source: { kind: 'engine', image: 'shop:1', buildId: null }, name: 'shop:1', chip: 'build' } as const;
const of = (archiveId: string): RememberedComparison => ({
  baseline: 1,
  images: [
    local,
    { source: { kind: 'archive', archiveId, platform: null, reference: null }, name: 'a.tar', chip: null }
  ]
});

test('a comparison comes back after a restart, its archives open again', async () => {
  const archive = join(folder, 'a.tar');
  await writeFile(archive, await packFiles({ file: 'x' }));
  const archives = new OpenArchives();
  const opened = await archives.openPath(archive);
  const comparison = of(opened?.archiveId ?? '');
  await rememberComparison(await openComparisonTable(folder, notify), archives, projectId, comparison);

  const later = new OpenArchives();
  const table = await openComparisonTable(folder, notify);
  const recalled = await recallComparison(table, later, projectId);
  expect(recalled).toEqual(comparison);
  expect(JSON.stringify(recalled)).not.toContain(folder);
  expect(later.findPath(opened?.archiveId ?? '')).toBe(archive);
  expect(await recallComparison(table, later, 'project1')).toBeNull();
});

test('an archive that is gone for a while is not forgotten', async () => {
  const archive = join(folder, 'a.tar');
  await rename(archive, `${archive}.away`);
  const table = await openComparisonTable(folder, notify);
  const archives = new OpenArchives();
  const recalled = await recallComparison(table, archives, projectId);
  expect(recalled?.images).toHaveLength(2);
  if (recalled) await rememberComparison(table, archives, projectId, recalled);
  await rename(`${archive}.away`, archive);
  await recallComparison(table, archives, projectId);
  const source = recalled?.images[1]?.source;
  expect(source?.kind === 'archive' && archives.findPath(source.archiveId)).toBe(archive);
});

test('without images nothing is kept, and of many projects the last ones', async () => {
  const table = await openComparisonTable(folder, notify);
  const archives = new OpenArchives();
  await rememberComparison(table, archives, projectId, { baseline: 0, images: [] });
  expect(table.of(projectId)).toBeNull();
  for (let at = 0; at <= keptComparisons; at++) {
    await rememberComparison(table, archives, `projects${at}`, { baseline: 0, images: [local] });
  }
  expect(table.of('projects0')).toBeNull();
  expect(table.of('projects1')).not.toBeNull();
});
