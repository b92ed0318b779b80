export const settings = {
  title: 'Settings',
  theme: 'Theme',
  themeHint: 'System follows light and dark of the system.',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  engine: 'Engine',
  engineHint: 'Which engine is asked first when Slipway starts.',
  engineAutomatic: 'Automatic: the first that answers',
  engineGone: 'The one chosen before; not found now',
  shortcuts: 'Keyboard',
  about: {
    title: 'About Slipway',
    open: 'About Slipway…',
    tagline: 'The life of a Docker image in one calm window.',
    version: 'Version',
    electron: 'Electron',
    chrome: 'Chromium',
    engine: 'Engine',
    license: 'Apache License 2.0. Inter and JetBrains Mono under the SIL Open Font License 1.1.',
    copy: 'Copy versions'
  }
};
