import { formatList } from '../../format/format-list.ts';
import { formatNumber } from '../../format/format-number.ts';
import { plural } from '../../format/plural.ts';

const languages = { python: 'Python', node: 'Node', static: 'Static site', unknown: 'Other' } as const;

export const workspace = {
  languages,
  stack: (language: keyof typeof languages, framework: string | undefined) =>
    framework === undefined ? languages[language] : `${languages[language]} · ${framework}`,
  context: (size: string, fileCount: number) =>
    `Build context: ${size}, ${plural(fileCount, { one: '# file', other: '# files' })}`,
  contextMore: (ignoredCount: number) =>
    ignoredCount === 0
      ? 'The files that a build can copy.'
      : `The files that a build can copy. .dockerignore leaves out ${formatNumber(ignoredCount)}.`,
  contextUnreadable: (paths: readonly string[]) => `Could not be read: ${paths.join(', ')}`,
  contextMeasuring: 'Measuring build context…',
  contextFailed: 'Build context not measured',
  reference: 'Image name: registry, repository and tag',
  referenceDigest: 'Enter a tag, not a digest.',
  options: 'Options',
  showPush: 'Show push',
  buildSaves: (file: string) => `Save ${file} and build`,
  buildPlain: 'Build the image',
  reasons: {
    noEngine: 'No engine is connected',
    noDockerfile: 'No Dockerfile to build yet',
    building: 'A build is running',
    pushing: 'A push is running',
    badReference: 'The image name is not valid',
    badArguments: 'A build argument has no valid name',
    notBuilt: 'Build the image first'
  },
  pushLast: (clock: string) => `Push the ${clock} build`,
  pushStale: (clock: string) => `Push the ${clock} build (Dockerfile changed since)`,
  splits: { panes: 'Editor and layers', bottom: 'Project and build' },
  editor: 'Dockerfile',
  files: 'Files',
  unsaved: 'unsaved',
  unsavedTab: (file: string) => `${file} ●`,
  reloaded: (file: string) => `${file} changed on disk and was reloaded`,
  reloadedMore: 'Undo restores your version.',
  restored: 'Unsaved changes were restored',
  restoredMore: (files: readonly string[]) => `In ${formatList(files)}.`,
  changedTitle: (file: string) => `${file} changed on disk`,
  changedText: 'Your unsaved changes are kept.',
  deletedTitle: (file: string) => `${file} was deleted on disk`,
  deletedText: 'Your text is kept in the editor.',
  reload: 'Reload',
  keepMine: 'Keep mine',
  keepMineHint: 'Overwrite the file on disk',
  saveAgain: 'Save again',
  showDifference: 'Show difference',
  differenceTitle: (file: string) => `${file}: on disk and in the editor`,
  differenceText: 'Red: on disk only. Green: in the editor only.',
  same: 'Both versions are identical.',
  reading: 'Reading files…',
  starterTitle: 'No Dockerfile found',
  starterText: (stack: string) => `Suggested for ${stack}. Nothing is saved until you click Create.`,
  starterPlain: 'Suggested starting point. Nothing is saved until you click Create.',
  starterCreate: (files: readonly string[]) => `Create ${files.join(' and ')}`
};
