export const settings = {
  title: 'Settings',
  theme: 'Theme',
  themeHint: '“System” matches the system appearance.',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  engine: 'Engine',
  engineHint: 'Engine to use at startup.',
  engineAutomatic: 'Automatic: use the first available',
  engineMissing: 'Previously selected engine (not found)',
  reopen: 'Reopen the last project',
  reopenHint: 'When Slipway starts without a folder.',
  shortcuts: 'Keyboard',
  leaveEditor: 'Leave the editor',
  indent: 'Indent in the editor',
  outdent: 'Outdent in the editor',
  about: {
    title: 'About Slipway',
    open: 'About Slipway…',
    tagline: 'The life of a Docker image in one calm window.',
    version: 'Version',
    electron: 'Electron',
    chrome: 'Chromium',
    engine: 'Engine',
    license: 'Apache License 2.0.',
    licenses: 'Third-party licenses',
    copy: 'Copy versions'
  }
};
