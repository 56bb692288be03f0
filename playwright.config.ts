import { defineConfig } from '@playwright/test';

/** End-to-end tests: tests/e2e/support/launch.ts opens the desk, on Electron or in an installed Chromium. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // One desk at a time: each start derives a key that is meant to be slow.
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reportSlowTests: null,
  forbidOnly: Boolean(process.env.CI),
});
