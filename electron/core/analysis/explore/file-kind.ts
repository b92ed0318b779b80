import { archiveSuffixes } from '#contract/domain/archive-extensions.ts';
import type { FileKind } from '#contract/domain/file-kinds.ts';

const byExtension = new Map<string, FileKind>(
  (
    [
      ['library', 'so a o dll dylib jar node rlib wasm'],
      ['source', 'py pyi js mjs cjs ts tsx jsx c h cc cpp hpp go rs rb pl pm php java kt sh lua tcl el sql css vue'],
      ['cache', 'pyc pyo class elc'],
      ['data', 'json xml yaml yml toml ini conf cfg csv tsv db sqlite sqlite3 dat bin mo po pem crt list'],
      ['documentation', 'md rst txt pdf html htm'],
      ['media', 'png jpg jpeg gif svg webp ico ttf otf woff woff2 mp3 mp4 ogg wav webm'],
      ['archive', ['zip deb rpm apk whl egg 7z', ...archiveSuffixes()].join(' ')]
    ] satisfies [FileKind, string][]
  ).flatMap(([kind, extensions]) => extensions.split(' ').map((extension): [string, FileKind] => [extension, kind]))
);

const documentation = /(^|\/)(docs?|man|info|locale|licenses?|help)(\/|$)/;
const caches = /(^|\/)(\.cache|\.npm|__pycache__|_cacache)(\/|$)|^var\/(cache|lib\/apt\/lists|lib\/dnf|lib\/yum)(\/|$)/;
const programs = /(^|\/)(s?bin|libexec)$/;

/** The kind of everything directly in a directory ("usr/share/doc": documentation); null: by each file's name. */
export function folderKindOf(path: string): FileKind | null {
  if (caches.test(path)) return 'cache';
  if (documentation.test(path)) return 'documentation';
  return programs.test(path) ? 'program' : null;
}

/** The kind of a file by its name alone. */
export function fileKindOf(name: string): FileKind {
  const lower = name.toLowerCase();
  if (/\.so(\.\d+)+$/.test(lower)) return 'library';
  const dot = lower.lastIndexOf('.');
  return (dot > 0 ? byExtension.get(lower.slice(dot + 1)) : undefined) ?? 'other';
}
