import { defineConfig } from '@playwright/test';

/** End-to-end tests: tests/e2e/support/launch.ts opens the desk, on Electron or in an installed Chromium. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // Two desks at a time, as many as processors to be counted on.
  workers: 2,
  // A desk that had to share a processor may miss a limit of fifteen seconds; what fails twice has failed, and the report names it as flaky.
  retries: 1,
  timeout: 180_000,
  // Finds what never comes; two desks that open at once on a slow machine are no fault.
  expect: { timeout: 30_000 },
  use: { actionTimeout: 30_000 },
  reportSlowTests: null,
  forbidOnly: Boolean(process.env.CI),
});
