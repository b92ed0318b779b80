export const app = {
  name: 'Slipway',
  menus: { file: 'File', edit: 'Edit', project: 'Project', view: 'View', help: 'Help' },
  noTelemetry: 'No telemetry'
};
