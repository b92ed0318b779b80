import type { ImageFiles } from '../../analysis/image-files.ts';
import type { RequestedText } from '../database-texts.ts';
import { childOf, parseSome, type PackageDatabase, type PackageParser } from './package-parser.ts';
import { parseDpkg } from './parse-dpkg.ts';

export const dpkgParser: PackageParser = {
  findDatabases: (files, request) => [...findStatus(files, request), ...findStatusFiles(files, request)]
};

/** The status file, and the file lists of its packages by NAME or NAME:ARCHITECTURE. */
function findStatus(files: ImageFiles, request: (node: number) => RequestedText): PackageDatabase[] {
  const status = files.findFile('var/lib/dpkg/status');
  if (status < 0) return [];
  const lists = new Map<string, RequestedText>();
  for (const [name, node] of files.childrenOf(files.findFolder('var/lib/dpkg/info'))) {
    if (name.endsWith('.list')) lists.set(name.slice(0, -'.list'.length), request(node));
  }
  const listOf = (name: string): string | null => lists.get(name)?.text?.() ?? null;
  return [
    {
      path: files.pathOf(status),
      main: request(status),
      parse: ({ text }) => parseSome(text(), (paragraphs) => parseDpkg(paragraphs, listOf))
    }
  ];
}

/** Distroless images have one status file per package, next to a list of its files with md5sums. */
function findStatusFiles(files: ImageFiles, request: (node: number) => RequestedText): PackageDatabase[] {
  const folder = files.findFolder('var/lib/dpkg/status.d');
  return [...files.childrenOf(folder)]
    .filter(([name, node]) => !name.endsWith('.md5sums') && files.location(node) !== null)
    .map(([name, status]) => {
      const sums = childOf(files, folder, `${name}.md5sums`);
      const requested = sums === null ? null : request(sums);
      const list = (): string | null => requested?.text?.().replace(/^[0-9a-f]{32}[ \t]+/gm, '') ?? null;
      return {
        path: files.pathOf(status),
        main: request(status),
        parse: ({ text }) => parseSome(text(), (paragraph) => parseDpkg(paragraph, list))
      };
    });
}
