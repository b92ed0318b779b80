import { childOf, type PackageDatabase, type PackageParser } from './package-parser.ts';
import { parsePip } from './parse-pip.ts';

export const pipParser: PackageParser = {
  findDatabases: (files, request) =>
    [...files.named('METADATA')].flatMap((metadata): PackageDatabase[] => {
      const folder = files.parentOf(metadata);
      if (!files.nameOf(folder).endsWith('.dist-info')) return [];
      const record = childOf(files, folder, 'RECORD');
      const requested = record === null ? null : request(record);
      return [
        {
          path: files.pathOf(metadata),
          main: request(metadata),
          parse: ({ text }) => {
            const found = parsePip(files.pathOf(folder), text(), requested?.text?.() ?? null);
            return found && [found];
          }
        }
      ];
    })
};
