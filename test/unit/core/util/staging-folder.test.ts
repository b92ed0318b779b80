import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStagingFolder } from '#core/util/staging-folder.ts';
import { createFile, replaceFile } from '#core/util/replace-file.ts';
import { scratchFolder } from '../scratch-folder.ts';

const program = resolve('node_modules/.cache/slipway-unit/save-forever.mjs');
const memory = '/dev/shm';
const otherSystem = existsSync(memory) && statSync(memory).dev !== statSync(tmpdir()).dev;
const made: string[] = [];

/** Compiled, so that each of the many processes starts quickly. */
beforeAll(async () => {
  mkdirSync(join(program, '..'), { recursive: true });
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: resolve(__dirname, 'save-forever.ts'),
      outDir: join(program, '..'),
      emptyOutDir: false,
      target: 'node18',
      rolldownOptions: { output: { entryFileNames: 'save-forever.mjs' } }
    }
  });
});
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folderOnOtherSystem(): string {
  const folder = mkdtempSync(join(memory, 'slipway-test-'));
  made.push(folder);
  return folder;
}

/** Starts saving, and kills the process at the nth change of a folder, another moment each time. */
async function killAt(count: number, root: string, staging: string, watched: string): Promise<void> {
  const child = spawn(process.execPath, [program, root, staging], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await new Promise<void>((done) => {
    let seen = 0;
    const watcher = watch(watched, () => {
      seen += 1;
      if (seen <= count) return;
      watcher.close();
      done();
    });
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const expectComplete = (root: string): void => {
  expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toMatch(/^FROM scratch\n[^]*# end\n$/);
};

describe('a save that is killed', () => {
  it('leaves nothing in the project, and a complete file', { timeout: 120_000 }, async () => {
    const root = scratchFolder({ Dockerfile: 'FROM scratch\n# end\n' });
    const staging = join(scratchFolder(), 'temporary');
    for (let round = 0; round < 12; round++) {
      await killAt(round, root, staging, staging);
      expect(readdirSync(root)).toEqual(['Dockerfile']);
      expectComplete(root);
    }
    await openStagingFolder(staging);
    expect(readdirSync(staging)).toEqual([]);
  });

  it.runIf(otherSystem)('on another file system leaves what the next start removes', { timeout: 120_000 }, async () => {
    const root = folderOnOtherSystem();
    const staging = join(scratchFolder(), 'temporary');
    writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\n# end\n');
    for (let round = 0; round < 12; round++) {
      await killAt(round, root, staging, root);
      await openStagingFolder(staging);
      expect(readdirSync(root)).toEqual(['Dockerfile']);
      expectComplete(root);
    }
  });
});

describe('openStagingFolder', () => {
  it('removes only temporary files that it noted', async () => {
    const root = scratchFolder({ Dockerfile: 'FROM a\n', '.slipway-0123456789ab.tmp': 'left' });
    const staging = scratchFolder();
    const notes = ['Dockerfile', '.slipway-0123456789ab.tmp', '.slipway-ffffffffffff.tmp'];
    notes.forEach((name, index) => writeFileSync(join(staging, `${index}.note`), join(root, name)));
    writeFileSync(join(staging, 'relative.note'), '.slipway-0123456789ab.tmp');
    await openStagingFolder(staging);
    expect([readdirSync(root), readdirSync(staging)]).toEqual([['Dockerfile'], []]);
  });

  it.each(otherSystem ? ['the same', 'another'] : ['the same'])('writes files on %s file system', async (system) => {
    const staging = join(scratchFolder(), 'temporary');
    await openStagingFolder(staging);
    const folder = system === 'the same' ? scratchFolder() : folderOnOtherSystem();
    const file = join(folder, 'x');
    await createFile(file, Buffer.from('new'), { mode: 0o644 });
    await expect(createFile(file, Buffer.from('again'))).rejects.toMatchObject({ code: 'EEXIST' });
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['new', 0o644]);
    await replaceFile(
      file,
      (async function* () {
        yield await Promise.resolve(Buffer.from('streamed'));
      })()
    );
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['streamed', 0o600]);
    await expect(replaceFile(join(folder, 'none', 'x'), Buffer.from(''))).rejects.toMatchObject({ code: 'ENOENT' });
    expect([readdirSync(folder), readdirSync(staging)]).toEqual([['x'], []]);
  });
});
