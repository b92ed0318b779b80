import { defineConfig } from '@playwright/test';

/** The app tests: one window at a time, since they share one display and one pointer. */
const config = defineConfig({
  testDir: 'app',
  outputDir: '../test-results/app',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  use: { trace: 'retain-on-failure' }
});

export default config;
