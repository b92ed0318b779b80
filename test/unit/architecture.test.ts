import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appErrorSchema } from '#contract/schema/error.ts';
import { commandSpecs } from '#contract/commands.ts';
import { words } from '#contract/words/words.ts';

const root = resolve(__dirname, '../..');

async function sourcesUnder(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true });
  return names.filter((name) => /\.(ts|svelte)$/.test(name)).map((name) => join(folder, name));
}

const aliases: Record<string, string> = {
  '#contract/': 'electron/contract/',
  '#dockerfile/': 'electron/dockerfile/',
  '#core/': 'electron/core/'
};

interface Import {
  /** A package's name, or a file of ours by its path from the root. */
  target: string;
  typeOnly: boolean;
  /** Loaded only when the call `import(…)` runs. */
  dynamic: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm
  );
  return [...found].map(([, type, from, dynamic]) => {
    return {
      target: resolveImport(file, from ?? dynamic ?? ''),
      typeOnly: type !== undefined,
      dynamic: dynamic !== undefined
    };
  });
}

function resolveImport(file: string, name: string): string {
  if (name.startsWith('.')) return relative(root, normalize(join(root, dirname(file), name)));
  const alias = Object.keys(aliases).find((prefix) => name.startsWith(prefix));
  return alias === undefined ? name : `${aliases[alias] ?? ''}${name.slice(alias.length)}`;
}

/** The files of a folder with forbidden imports, each with what it imports. */
async function violations(folder: string, isAllowed: (imported: Import, file: string) => boolean): Promise<string[]> {
  const files = await sourcesUnder(folder);
  return files.flatMap((file) => {
    const wrong = importsOf(file).filter((imported) => !isAllowed(imported, file));
    return wrong.map(({ target }) => `${file} -> ${target}`);
  });
}

/** The files and packages that are loaded when a file is. */
function filesLoadedWith(entry: string): ReadonlySet<string> {
  const loaded = new Set([entry]);
  for (const file of loaded) {
    if (!isOurs(file) || !/\.(ts|svelte)$/.test(file)) continue;
    for (const { target, typeOnly, dynamic } of importsOf(file)) if (!typeOnly && !dynamic) loaded.add(target);
  }
  return loaded;
}

const startsWith = (target: string, ...prefixes: string[]): boolean =>
  prefixes.some((prefix) => target.startsWith(prefix));

const isOurs = (target: string): boolean => startsWith(target, 'electron/', 'renderer/', 'scripts/', 'test/');

/** A module of core may import modules of earlier lines, but no others of its own line. */
const coreOrder = [
  ['util', 'secrets'],
  ['docker-config', 'oci', 'tar', 'job', 'store'],
  ['engine', 'filetree'],
  ['registry', 'images', 'archive', 'savings'],
  ['credential', 'analysis', 'push'],
  ['packages', 'context'],
  ['compare', 'project'],
  ['export', 'build'],
  ['worker']
];

/** Like coreOrder, for the folders of the page; files outside of them are the window itself. */
const pageOrder = [
  ['bridge', 'selection', 'text', 'styles'],
  ['ui'],
  ['state'],
  ['commands'],
  ['features'],
  ['shell'],
  ['window']
];

/** Like coreOrder, for the features of the page. */
const featureOrder = [
  ['engine'],
  ['accounts', 'builds', 'push', 'settings', 'start', 'treemap'],
  ['analysis'],
  ['build', 'compare', 'images'],
  ['editor'],
  ['workspace']
];

describe('the layers: contract <- dockerfile <- core <- main | cli, and dockerfile <- renderer', () => {
  it.each([
    ['electron/contract', []],
    ['electron/dockerfile', ['electron/contract/']],
    ['electron/core', ['electron/contract/', 'electron/dockerfile/']],
    ['electron/cli', ['electron/contract/', 'electron/dockerfile/', 'electron/core/']],
    ['electron/main', ['electron/contract/', 'electron/dockerfile/', 'electron/core/']],
    ['renderer', ['electron/contract/', 'electron/dockerfile/']]
  ])('%s imports only itself and lower layers', async (layer, below) => {
    const isAllowed = ({ target }: Import): boolean => !isOurs(target) || startsWith(target, `${layer}/`, ...below);
    expect(await violations(layer, isAllowed)).toEqual([]);
  });

  it('contract, dockerfile and the page do no I/O', async () => {
    for (const layer of ['electron/contract', 'electron/dockerfile', 'renderer'])
      expect(await violations(layer, ({ target }) => !startsWith(target, 'node:'))).toEqual([]);
  });

  it('only main imports Electron, and one file imports dockerode', async () => {
    for (const layer of ['electron/contract', 'electron/dockerfile', 'electron/core', 'electron/cli', 'renderer'])
      expect(await violations(layer, ({ target }) => target !== 'electron')).toEqual([]);
    expect(await violations('electron', ({ target }) => target !== 'dockerode')).toEqual([
      'electron/core/engine/dockerode-client.ts -> dockerode'
    ]);
  });

  it('nothing imports dockerfile-ast, which divides Dockerfiles at other lines than the builder', async () => {
    const found = (
      await Promise.all(
        ['electron', 'renderer'].map((folder) => violations(folder, ({ target }) => target !== 'dockerfile-ast'))
      )
    ).flat();
    expect(found).toEqual([]);
  });

  it.each([
    ['renderer/src/main.ts', 'renderer/src/App.svelte'],
    ['renderer/src/features/workspace/Workspace.svelte', 'electron/dockerfile/stages.ts']
  ])('%s loads neither the Dockerfile parser nor the language service', (entry, loadedToo) => {
    const loaded = [...filesLoadedWith(entry)];
    expect(loaded).toContain(loadedToo);
    expect(loaded.filter((target) => target.startsWith('dockerfile-'))).toEqual([]);
  });

  it('the page imports only types of the schemas', async () => {
    const isSchema = (target: string): boolean =>
      target === 'zod' ||
      startsWith(
        target,
        'electron/contract/schema',
        'electron/contract/ipc/calls',
        'electron/contract/ipc/topics',
        'electron/contract/jobs/job-kinds'
      );
    const isTypeOrNoSchema = ({ target, typeOnly }: Import): boolean => typeOnly || !isSchema(target);
    expect(await violations('renderer', isTypeOrNoSchema)).toEqual([]);
    const indirect = await violations('electron/contract', isTypeOrNoSchema);
    expect(indirect.filter((line) => !isSchema(line))).toEqual([]);
  });

  it('raw IPC is used only by the router and the preload', async () => {
    const raw = (await sourcesUnder('electron')).filter((file) =>
      /\bipc(Main|Renderer)\./.test(readFileSync(join(root, file), 'utf8'))
    );
    expect(raw.sort()).toEqual(['electron/main/preload.ts', 'electron/main/route-calls.ts']);
  });
});

describe('the modules', () => {
  it.each([
    ['electron/core', coreOrder],
    ['renderer/src', pageOrder],
    ['renderer/src/features', featureOrder]
  ])('of %s import only modules of earlier lines', async (folder, order) => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const listed = order.flat().filter((module) => module !== 'window');
    expect(folders.sort()).toEqual(listed.sort());
    expect(await importsAgainst(folder, order)).toEqual([]);
  });

  it('have no import cycles', async () => {
    const files = [...(await sourcesUnder('electron')), ...(await sourcesUnder('renderer'))];
    const graph = new Map(files.map((file) => [file, importsOf(file).map(({ target }) => target)]));
    expect(findCycle(graph)).toEqual([]);
  });
});

/** Imports between the modules of a folder that violate the order. */
async function importsAgainst(folder: string, order: readonly (readonly string[])[]): Promise<string[]> {
  const moduleOf = (file: string): string => {
    const [module = '', ...rest] = relative(folder, file).split('/');
    return rest.length === 0 ? 'window' : module;
  };
  const levelOf = (file: string): number => order.findIndex((line) => line.includes(moduleOf(file)));
  return violations(folder, ({ target }, file) => {
    const isInside = target.startsWith(`${folder}/`) && moduleOf(target) !== moduleOf(file);
    return !isInside || levelOf(target) < levelOf(file);
  });
}

/** The files of one import cycle, in order; empty if there is none. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const target of graph.get(file) ?? []) {
      const cycle = visit(target);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

describe('the words', () => {
  it('every error code has a title and a next step', () => {
    const codes = appErrorSchema.options.map((option) => option.shape.code.value);
    expect(Object.keys(words.errors).sort()).toEqual([...codes].sort());
  });

  it('core reports reasons as codes, and never as sentences', async () => {
    const sentence = /\bdetail\b[^\n]*['`][A-Z][a-z]* [a-z]/;
    const found = (await sourcesUnder('electron/core')).filter((file) =>
      sentence.test(readFileSync(join(root, file), 'utf8'))
    );
    expect(found).toEqual([]);
  });

  it('every command has a title, and no shortcut is used twice', () => {
    expect(commandSpecs.map(({ id }) => id).sort()).toEqual(Object.keys(words.commands).sort());
    const shortcuts = commandSpecs.flatMap(({ shortcut }) => shortcut ?? []);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });
});
