import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenComparisons } from '#core/compare/open-comparisons.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { dropOn } from '../../test/real-parts/drag.ts';
import { openApp, removeFolders } from '../../test/real-parts/open-app.ts';
import { root } from '../setup/root.js';
import { measureFrames } from './measure-frames.js';
import { createImageArchive } from './create-image-archive.js';
import { measurePair } from './measure-pair.js';

const ROUNDS = 5;
const PAINT_MS = 150;
const recipe = { whiteouts: 0, layerCount: 7 };
const archives = [await createImageArchive(recipe), await createImageArchive({ ...recipe, otherLayers: 2 })];
const work = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
const cacheFolder = join(work, 'cache');
const trees = archives.map((_, image) => join(work, `tree-${image}`));

try {
  const comparisons = new OpenComparisons({
    engine: () => {
      throw new Error('no engine is needed');
    },
    archivePath: (id) => archives[Number(id)].file,
    workerFile: join(root, 'out/worker/worker.cjs'),
    cacheFolder
  });
  const context = { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null };
  const sources = ['0', '1'].map((archiveId) => ({
    source: { kind: 'archive', archiveId, platform: null, reference: null },
    context
  }));
  const job = { signal: new AbortController().signal, emit: () => undefined };
  const rows = { baseline: 0, folder: 0, changes: [], start: 0, limit: 1000 };
  const compare = async () => {
    const { comparisonId } = await comparisons.open(sources, job);
    const { changedCount } = await comparisons.query(comparisonId, 'overview', { baseline: 0 });
    await comparisons.query(comparisonId, 'rows', rows);
    comparisons.close(comparisonId);
    return changedCount;
  };

  for (const [image, tree] of trees.entries()) unpack(archives[image], tree);
  const ours = { name: `compare two images of 105,000 files, with their layers cached`, run: compare };
  const shell = (script) => execFileSync('sh', ['-c', script, 'sh', ...trees], { maxBuffer: 1 << 28 }).toString();
  // The metadata by which files differ without their content, of each tree, sorted.
  const listing = (tree) => `find ${tree} -printf '%P %y %s %m %U %G %T@ %l\\n' | LC_ALL=C sort`;
  const listings = () =>
    shell(`${listing('"$1"')} > "$1.list"; ${listing('"$2"')} > "$2.list"; diff "$1.list" "$2.list" | grep -c '^<'`);
  const contents = () => shell('diff -rq "$1" "$2" | wc -l');
  console.log(`files that differ: ${await compare()} to us, ${contents().trim()} to diff`);
  await measurePair(
    ours,
    { name: 'find lists both trees, GNU diff compares the lists', run: async () => listings() },
    ROUNDS
  );
  await measurePair(ours, { name: 'GNU diff -rq of both trees', run: async () => contents() }, ROUNDS);
} finally {
  removeFolders(work);
}

const open = await openApp();
const { page } = open;
try {
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await dropOn(page, archives[0].file);
  await page.getByText('is chosen').waitFor();
  // From the end of the progress view until each picture is painted.
  const painted = page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const hasReading = () => globalThis.document.querySelector('[data-testid=comparison-progress]') !== null;
        // Cells have gaps between them, so check more than one pixel.
        const isPainted = (canvas) => {
          const { data } = canvas.getContext('2d').getImageData(canvas.width >> 1, canvas.height >> 1, 9, 9);
          return data.some((value) => value > 0);
        };
        globalThis.setTimeout(() => reject(new Error('no picture within a minute')), 60_000);
        let wasReading = false;
        let readyAt = 0;
        const check = () => {
          if (readyAt === 0) {
            const isReading = hasReading();
            if (wasReading && !isReading) readyAt = performance.now();
            wasReading = isReading;
          }
          const pictures = [...globalThis.document.querySelectorAll('[data-testid=compared-picture] canvas')];
          const isDone = readyAt > 0 && pictures.length === 2 && pictures.every(isPainted);
          if (isDone) resolve(performance.now() - readyAt);
          else globalThis.requestAnimationFrame(check);
        };
        check();
      })
  );
  await dropOn(page, archives[1].file);
  const paint = await painted;
  console.log(
    `| first pictures of the two, after reading | ${paint.toFixed(0)} ms | the goal | ${PAINT_MS} ms | ${(paint / PAINT_MS).toFixed(2)} |`
  );
  const over = async (locator, name) => {
    const box = await locator.boundingBox();
    await measureFrames(page, name, async () => {
      for (let step = 0; step < 300; step++) {
        await page.mouse.move(box.x + box.width * ((step % 60) / 60), box.y + box.height * (0.1 + step / 400));
      }
    });
  };
  await over(page.getByTestId('compared-picture').first(), 'hovering over one of them');
  await page.getByRole('radio', { name: 'Difference', exact: true }).click();
  const map = page.getByTestId('difference-treemap');
  await map.getByRole('treeitem').first().waitFor();
  await over(map, 'hovering over the difference');
  const box = await map.boundingBox();
  await measureFrames(page, 'zooming in and out of the difference', async () => {
    for (let turn = 0; turn < 6; turn++) {
      await page.mouse.dblclick(box.x + box.width * (0.15 + turn / 8), box.y + box.height * 0.6);
      await page.waitForTimeout(400);
      for (let step = 0; step < 4; step++) await map.press('Escape');
      await page.waitForTimeout(400);
    }
  });
} finally {
  await open.close();
  removeFolders(open.dataFolder);
}

/** The files of an image as a container sees them: no layer of these archives removes any. */
function unpack({ file, layers }, tree) {
  mkdirSync(tree, { recursive: true });
  for (const layer of layers) {
    execFileSync('sh', ['-c', 'tar xOf "$1" "$2" | tar x -C "$3"', 'sh', file, layer, tree]);
  }
}
