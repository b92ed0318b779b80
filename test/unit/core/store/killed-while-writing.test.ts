import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
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

describe('a process that is killed while it writes', () => {
  it('leaves a store that opens completely, without notices', { timeout: 60_000 }, async () => {
    const folder = scratchFolder();
    let last = 0;
    for (let round = 0; round < 25; round++) {
      const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      // A random delay, to hit another moment of its writing each time.
      await wait((round * 7) % 40);
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
