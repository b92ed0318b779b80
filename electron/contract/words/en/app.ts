import type { NotifyingJobKind } from '../../jobs/job-kinds.ts';

const jobEnded: Record<NotifyingJobKind, { finished: string; failed: string }> = {
  build: { finished: 'Build finished.', failed: 'Build failed.' },
  push: { finished: 'Push finished.', failed: 'Push failed.' },
  transfer: { finished: 'Image transfer finished.', failed: 'Image transfer failed.' }
};

export const app = {
  name: 'Slipway',
  menus: { file: 'File', edit: 'Edit', project: 'Project', view: 'View', help: 'Help' },
  cannotStart: (reason: string) => `Slipway can't start: ${reason}`,
  jobEnded,
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
