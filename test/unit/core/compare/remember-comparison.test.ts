import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RememberedComparison } from '#contract/schema/remembered-comparison.ts';
import { recallComparison, rememberComparison } from '#core/compare/remember-comparison.ts';
import { OpenArchives } from '#core/analysis/open-archives.ts';
import { maxComparisons, openComparisonTable } from '#core/store/comparison-table.ts';
import { packFiles } from '../archive/image-archive.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-remember-'));
});
afterAll(() => rm(folder, { recursive: true }));

const notify = (): void => expect.unreachable();
const projectId = 'project0';
const local = {
  source: { kind: 'engine', image: 'shop:1', buildId: null, engineId: null },
  name: 'shop:1',
  chip: 'build',
  builtAt: 1
} as const;
const of = (archiveId: string): RememberedComparison => ({
  baseline: 1,
  images: [
    local,
    {
      source: { kind: 'archive', archiveId, platform: null, reference: null },
      name: 'a.tar',
      chip: null,
      builtAt: null
    }
  ]
});

test('a comparison is restored after a restart, with its archives open again', async () => {
  const archive = join(folder, 'a.tar');
  await writeFile(archive, await packFiles({ file: 'x' }));
  const archives = new OpenArchives();
  const opened = await archives.openPath(archive);
  const comparison = of(opened?.archiveId ?? '');
  await rememberComparison(await openComparisonTable(folder, notify), archives, projectId, comparison);

  const later = new OpenArchives();
  const table = await openComparisonTable(folder, notify);
  const recalled = recallComparison(table, later, projectId);
  expect(recalled).toEqual(comparison);
  expect(JSON.stringify(recalled)).not.toContain(folder);
  expect(later.pathOf(opened?.archiveId ?? '')).toBe(archive);
  expect(recallComparison(table, later, 'project1')).toBeNull();
});

test('an archive that was removed since keeps its id, and fails when it is read', async () => {
  await rm(join(folder, 'a.tar'));
  const table = await openComparisonTable(folder, notify);
  const archives = new OpenArchives();
  const recalled = recallComparison(table, archives, projectId);
  expect(recalled?.images).toHaveLength(2);
  if (recalled) await rememberComparison(table, archives, projectId, recalled);
  expect(table.of(projectId)?.archivePaths).not.toEqual({});
});

test('nothing is saved without images, and only the last of many projects', async () => {
  const table = await openComparisonTable(folder, notify);
  const archives = new OpenArchives();
  await rememberComparison(table, archives, projectId, { baseline: 0, images: [] });
  expect(table.of(projectId)).toBeNull();
  for (let at = 0; at <= maxComparisons; at++) {
    await rememberComparison(table, archives, `projects${at}`, { baseline: 0, images: [local] });
  }
  expect(table.of('projects0')).toBeNull();
  expect(table.of('projects1')).not.toBeNull();
});
