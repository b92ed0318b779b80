export const app = {
  name: 'Slipway',
  menus: { file: 'File', edit: 'Edit', project: 'Project', view: 'View', help: 'Help' },
  jobEnded: {
    build: { finished: 'The build has finished.', failed: 'The build failed.' },
    push: { finished: 'The push has finished.', failed: 'The push failed.' }
  },
  noTelemetry: 'No telemetry'
};
