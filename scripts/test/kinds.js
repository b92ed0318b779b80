import { availableParallelism } from 'node:os';
import { buildDevPageIfChanged, buildIfChanged } from '../setup/build-if-changed.js';
import { chromium } from '../setup/install-chromium.js';
import { startVirtualDisplay } from '../setup/start-virtual-display.js';
import { runPlaywright } from './run-playwright.js';
import { runOnEachNode, runVitest } from './run-vitest.js';

/**
 * @typedef {{
 *   name: string,
 *   needsRoot?: string,
 *   setUp: import('../setup/set-up.js').Needs,
 *   run: (filter: string[]) => Promise<import('./results.js').Counts[]>
 * }} Kind
 */

const startsEngines = 'they start their own Docker Engines, with small disks';

/** The kinds of tests that `npm test` runs, in this order. @type {Record<string, Kind>} */
export const kinds = {
  unit: {
    name: 'unit',
    setUp: { forUnitTests: true, node24: true },
    run: (filter) => runOnEachNode('unit', filter)
  },
  page: {
    name: 'page',
    setUp: { chromium: true },
    run: async (filter) => {
      const program = chromium();
      if (program === null) return [{ passed: 0, failed: [], skipped: ['all page tests, which need chromium'] }];
      await buildDevPageIfChanged();
      return [await runPlaywright('page', filter, { CHROMIUM_PROGRAM: program }, availableParallelism())];
    }
  },
  real: {
    name: 'real',
    needsRoot: startsEngines,
    setUp: { forTests: true, electron: true, node24: true },
    run: (filter) => runOnEachNode('real', filter)
  },
  app: {
    name: 'app',
    needsRoot: startsEngines,
    setUp: { forTests: true, electron: true, virtualDisplay: true },
    run: async (filter) => {
      await buildIfChanged();
      const { display, stop } = await startVirtualDisplay();
      try {
        return [await runPlaywright('app', filter, { DISPLAY: display })];
      } finally {
        await stop();
      }
    }
  }
};

/** The short loop: the unit tests, on the current Node only. @type {Kind} */
export const quick = {
  name: 'quick',
  setUp: { forUnitTests: true },
  run: async (filter) => [await runVitest('unit', filter)]
};
