export const app = {
  name: 'Slipway',
  menus: { file: 'File', edit: 'Edit', project: 'Project', view: 'View', help: 'Help' },
  cannotStart: (reason: string) => `Slipway cannot start: ${reason}`,
  jobEnded: {
    build: { finished: 'The build has finished.', failed: 'The build failed.' },
    push: { finished: 'The push has finished.', failed: 'The push failed.' },
    transfer: { finished: 'The image archive is done.', failed: 'The image archive failed.' }
  },
  noTelemetry: 'No telemetry',
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  details: 'Details',
  copied: 'Copied',
  notices: 'Notices',
  loading: 'Loading…',
  tryAgain: 'Try again',
  sortBy: (column: string) => `Sort by ${column}`,
  storeDamaged: 'A file of Slipway was damaged and set aside',
  storeRenamedTo: (name: string, renamedTo: string) => `${name} began anew; what it held is kept as ${renamedTo}.`,
  rail: 'Screens',
  crumbs: 'Where you are',
  statusBar: 'Status',
  palette: {
    placeholder: 'Search or run a command',
    none: 'Nothing matches',
    results: 'Results',
    openProject: (name: string) => `Open ${name}`
  },
  title: (project: string | null, reference: string | null) =>
    [project, reference, 'Slipway'].filter((part) => part !== null).join(' · ')
};
