import { formatNumber } from '../../format/format-number.ts';
import { plural } from '../../format/plural.ts';
import type { AwaitedJobKind } from '../../jobs/job-kinds.ts';

const jobEnded: Record<AwaitedJobKind, { finished: string; failed: string }> = {
  build: { finished: 'Build finished.', failed: 'Build failed.' },
  push: { finished: 'Push finished.', failed: 'Push failed.' },
  transfer: { finished: 'Image transfer finished.', failed: 'Image transfer failed.' }
};

/** What a running job does, in the status bar and in the question before quitting. */
const running: Record<AwaitedJobKind, string> = {
  build: 'building',
  push: 'pushing',
  transfer: 'transferring images'
};

const quitTitles: Record<AwaitedJobKind, string> = {
  build: 'A build is running',
  push: 'A push is running',
  transfer: 'Images are being transferred'
};

export const app = {
  name: 'Slipway',
  menus: { file: 'File', edit: 'Edit', project: 'Project', view: 'View', help: 'Help' },
  cannotStart: (reason: string) => `Slipway can't start: ${reason}`,
  dataFolderUnwritable: (folder: string) =>
    `Slipway can't start: it cannot write to its data folder, ${folder}. Check the permissions and the free disk space.`,
  pageCrashed: 'The window stopped working again',
  pageHangs: 'The window is not responding',
  reloadDetail: 'Builds and pushes continue in the background. Text that you have not saved is restored.',
  reload: 'Reload',
  wait: 'Wait',
  closeWindow: 'Close window',
  jobEnded,
  running,
  quit: {
    title: (kind: AwaitedJobKind) => quitTitles[kind],
    titleOfMany: (count: number) => plural(count, { one: '# job is running', other: '# jobs are running' }),
    detail: (jobs: readonly string[]) => `${jobs.join('\n')}\n\nQuitting cancels ${jobs.length === 1 ? 'it' : 'them'}.`,
    quit: 'Quit',
    keep: 'Keep running'
  },
  moreJobs: (count: number) => `+${formatNumber(count)}`,
  jobHint: 'Go to this job',
  noTelemetry: 'No telemetry',
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  details: 'Details',
  copied: 'Copied',
  notifications: 'Notifications',
  loading: 'Loading…',
  tryAgain: 'Try again',
  sortBy: (column: string) => `Sort by ${column}`,
  dataFileDamaged: 'A data file was damaged',
  dataFileReset: (name: string, savedAs: string) => `${name} was reset. The old file is saved as ${savedAs}.`,
  navigation: 'Screens',
  breadcrumb: 'Breadcrumb',
  statusBar: 'Status bar',
  palette: {
    placeholder: 'Search or run a command',
    none: 'No results',
    results: 'Results',
    openProject: (name: string) => `Open ${name}`
  },
  title: (project: string | null, reference: string | null) =>
    [project, reference, 'Slipway'].filter((part) => part !== null).join(' · ')
};
