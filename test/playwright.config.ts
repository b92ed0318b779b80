import { defineConfig } from '@playwright/test';

/**
 * app: the real app; one window at a time, since they share one display and one pointer. page: the page alone, on made-up
 * data, in a Chromium as new as the supported Electron's.
 */
const config = defineConfig({
  outputDir: '../test-results/app',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  use: { trace: 'retain-on-failure' },
  projects: [
    { name: 'app', testDir: 'app' },
    {
      name: 'page',
      testDir: 'page',
      fullyParallel: true,
      // The rules of accessibility take seconds for a large view.
      timeout: 60_000,
      use: {
        trace: 'off',
        launchOptions: {
          executablePath: process.env['CHROMIUM_PROGRAM'] ?? '/usr/bin/chromium',
          args: [
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync'
          ]
        }
      }
    }
  ]
});

export default config;
