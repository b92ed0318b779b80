import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(__dirname, '../..');

/** What runs when a file is loaded; of a component, the script of its module. */
function moduleCode(file: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  return file.endsWith('.svelte') ? (/<script[^>]*\bmodule\b[^>]*>(.*?)<\/script>/s.exec(text)?.[1] ?? '') : text;
}

const isTypeOnly = (node: ts.Node): boolean =>
  ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

/** Whether it names what is declared there. */
function isName(node: ts.Identifier): boolean {
  return ts.isVariableDeclaration(node.parent) && node.parent.name === node;
}

/** The lines of code that read the catalog while the module is loaded, rather than when a text is needed. */
function readsAtLoad(code: string): number[] {
  const source = ts.createSourceFile('module.ts', code, ts.ScriptTarget.Latest, true);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    const runsLater =
      ts.isFunctionLike(node) ||
      (ts.isPropertyDeclaration(node) && !node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword));
    if (runsLater || isTypeOnly(node) || ts.isImportDeclaration(node)) return;
    const isRead = ts.isIdentifier(node) && node.text === 'words' && !isName(node);
    if (isRead) lines.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

describe('the texts of the catalog', () => {
  it('are read when they are used, so that another language can be chosen while the app runs', () => {
    const files = ['electron', 'renderer/src'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
    );
    const sources = files.filter((file) => /\.(ts|svelte)$/.test(file));
    expect(sources.flatMap((file) => readsAtLoad(moduleCode(file)).map((line) => `${file}:${line}`))).toEqual([]);
  });

  it.each([
    ['const text = words.files;', [1]],
    ['const labels = {\n  a: words.files.a,\n};', [2]],
    ['class A {\n  static text = words.a;\n  text = words.b;\n}', [2]],
    ['const { a } = words.files;', [1]],
    ['const label = () => words.a;\nfunction f() { return words.a; }', []],
    ["import { words } from './words.ts';\nexport const words = english;\ntype A = typeof words;", []]
  ])('in %j are read while the module is loaded in lines %j', (code, lines) => {
    expect(readsAtLoad(code)).toEqual(lines);
  });
});
