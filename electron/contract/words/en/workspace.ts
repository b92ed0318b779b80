const languages = { python: 'Python', node: 'Node', static: 'Static site', unknown: 'Other' } as const;

export const workspace = {
  languages,
  stack: (language: keyof typeof languages, framework: string | undefined) =>
    framework === undefined ? languages[language] : `${languages[language]} · ${framework}`,
  context: (size: string, fileCount: number) =>
    `context ${size} · ${fileCount === 1 ? '1 file' : `${fileCount.toLocaleString('en')} files`}`,
  contextMore: (ignoredCount: number) =>
    ignoredCount === 0
      ? 'What the build sends to the engine.'
      : `What the build sends to the engine; .dockerignore leaves out ${ignoredCount.toLocaleString('en')}.`,
  contextUnreadable: (paths: readonly string[]) => `Could not be read: ${paths.join(', ')}`,
  contextMeasuring: 'measuring context…',
  contextFailed: 'context not measured',
  reference: 'Name of the image: registry, repository and tag',
  referenceDigest: 'A build gets a tag; its digest comes from the registry.',
  options: 'Options',
  build: 'Build',
  push: 'Push',
  cancelPush: 'Cancel push',
  showPush: 'Show push',
  buildSaves: (file: string) => `Saves ${file}, then builds`,
  buildPlain: 'Build the image',
  reasons: {
    noEngine: 'No engine is connected',
    noDockerfile: 'There is no Dockerfile to build yet',
    building: 'A build is running',
    pushing: 'A push is running',
    badReference: 'The name of the image is not valid',
    badArguments: 'A build argument has no valid name',
    notBuilt: 'Build the image first'
  },
  pushLast: (clock: string) => `Push the build of ${clock}`,
  pushStale: (clock: string) => `Push the build of ${clock}; the Dockerfile has changed since`,
  splits: { panes: 'Editor and layers', bottom: 'Project and build' },
  editor: 'Dockerfile',
  files: 'Files',
  unsaved: 'unsaved',
  unsavedTab: (file: string) => `${file} ●`,
  saved: (file: string) => `${file} is saved`,
  reloaded: (file: string) => `${file} was changed by another program and read again`,
  reloadedMore: 'Undo brings the text before it back.',
  changedTitle: (file: string) => `${file} was changed by another program`,
  changedText: 'Your own changes are still here, unsaved.',
  goneTitle: (file: string) => `${file} is no longer on disk`,
  goneText: 'Its text is still here.',
  reload: 'Reload',
  keepMine: 'Keep mine',
  keepMineHint: 'Writes your text over the one on disk',
  writeAgain: 'Write it again',
  showDifference: 'Show difference',
  differenceTitle: (file: string) => `${file}: on disk and here`,
  differenceText: 'Red lines stand only on disk, green ones only in the editor.',
  same: 'Both texts are the same.',
  reading: 'Reading the files…',
  starterTitle: 'This folder has no Dockerfile yet',
  starterText: (stack: string) => `A starter for ${stack}. Nothing is written until you say so.`,
  starterPlain: 'A starter to go on from. Nothing is written until you say so.',
  starterWrite: (files: readonly string[]) => `Write ${files.join(' and ')}`,
  starterHint: 'The text below can be changed before it is written, and at any time after.',
  disconnected: 'The engine does not answer. Editing goes on; builds and pushes wait.'
};
