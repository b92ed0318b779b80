import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '#core/store/open-store.ts';
import { scratchFolder } from '../scratch-folder.ts';

const program = resolve('node_modules/.cache/slipway-unit/write-forever.mjs');

/** Compiled, so that each of the many processes starts quickly. */
beforeAll(async () => {
  mkdirSync(join(program, '..'), { recursive: true });
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: resolve(__dirname, 'write-forever.ts'),
      outDir: join(program, '..'),
      emptyOutDir: false,
      target: 'node18',
      rolldownOptions: { output: { entryFileNames: 'write-forever.mjs' } }
    }
  });
});

/** Resolves at the nth change of a file, to hit another moment of the writing each time. */
async function changes(folder: string, count: number): Promise<void> {
  const watchers = [folder, join(folder, 'builds')].map((each) => watch(each));
  await new Promise<void>((resolve) => {
    let seen = 0;
    for (const watcher of watchers) watcher.on('change', () => ++seen > count && resolve());
  });
  watchers.forEach((watcher) => watcher.close());
}

describe('a process that is killed while it writes', () => {
  it('leaves a store that opens completely, without notices', { timeout: 60_000 }, async () => {
    const folder = scratchFolder();
    let last = 0;
    for (let round = 0; round < 25; round++) {
      const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      await changes(folder, round);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const store = await openStore(folder);
      expect(store.notices).toEqual([]);
      expect(store.settings.get().panes['main']).toHaveLength(2);
      const records = await store.builds.list('abcdef0123456789');
      // Each process adds at least the one that it reported; none is lost.
      expect(records.length).toBeGreaterThanOrEqual(Math.min(last + 1, 100));
      last = records.length;
    }
  });
});
