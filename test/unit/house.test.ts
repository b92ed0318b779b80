import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appErrorSchema } from '../../electron/contract/schema/error.ts';
import { commandSpecs } from '../../electron/contract/commands.ts';
import { words } from '../../electron/contract/words/words.ts';

const root = resolve(__dirname, '../..');

async function sourcesUnder(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true });
  return names.filter((name) => /\.(ts|svelte)$/.test(name)).map((name) => join(folder, name));
}

/** What a file imports: packages by name, our own files by their path from the root. */
function importsOf(file: string): { target: string; typeOnly: boolean }[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm
  );
  return [...found].map(([, type, from, dynamic]) => {
    const name = from ?? dynamic ?? '';
    const target = name.startsWith('.') ? relative(root, normalize(join(root, dirname(file), name))) : name;
    return { target, typeOnly: type !== undefined };
  });
}

async function importing(folder: string, wanted: (target: string, typeOnly: boolean) => boolean): Promise<string[]> {
  const files = await sourcesUnder(folder);
  return files.filter((file) => importsOf(file).some(({ target, typeOnly }) => wanted(target, typeOnly)));
}

const starts =
  (...prefixes: string[]) =>
  (target: string): boolean =>
    prefixes.some((prefix) => target.startsWith(prefix));

describe('the layers: contract <- core <- main, contract <- renderer', () => {
  it('contract imports nothing of the other layers, nothing of Node, nothing of Electron', async () => {
    expect(
      await importing(
        'electron/contract',
        starts('electron/core', 'electron/cli', 'electron/main', 'renderer', 'node:')
      )
    ).toEqual([]);
    expect(await importing('electron/contract', (target) => target === 'electron')).toEqual([]);
  });

  it('core imports contract only, and never Electron', async () => {
    expect(await importing('electron/core', starts('electron/cli', 'electron/main', 'renderer'))).toEqual([]);
    expect(await importing('electron/core', (target) => target === 'electron')).toEqual([]);
  });

  it('the page imports contract only, and of its schemas only the types', async () => {
    expect(await importing('renderer', starts('electron/core', 'electron/main', 'node:'))).toEqual([]);
    const schemas = starts('electron/contract/schema', 'electron/contract/calls', 'electron/contract/topics', 'zod');
    expect(await importing('renderer', (target, typeOnly) => schemas(target) && !typeOnly)).toEqual([]);
  });

  it('one file knows dockerode; raw IPC stands in the router and the preload', async () => {
    expect(await importing('electron', (target) => target === 'dockerode')).toEqual([
      'electron/core/engine/dockerode-client.ts'
    ]);
    const raw = (await sourcesUnder('electron')).filter((file) =>
      /\bipc(Main|Renderer)\./.test(readFileSync(join(root, file), 'utf8'))
    );
    expect(raw.sort()).toEqual(['electron/main/preload.ts', 'electron/main/router.ts']);
  });
});

describe('the words', () => {
  it('every error code has a title and a next step', () => {
    const codes = appErrorSchema.options.map((option) => option.shape.code.value);
    expect(Object.keys(words.errors).sort()).toEqual([...codes].sort());
  });

  it('every command has a title, and no shortcut is given twice', () => {
    expect(commandSpecs.map(({ id }) => id).sort()).toEqual(Object.keys(words.commands).sort());
    const shortcuts = commandSpecs.flatMap(({ shortcut }) => shortcut ?? []);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });
});
