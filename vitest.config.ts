import { defineConfig } from 'vitest/config';

/** Unit, store and contract tests on Node 24. End-to-end tests run under Playwright: playwright.config.ts. */
export default defineConfig({
  test: {
    include: ['tests/{unit,store,contract}/**/*.test.{ts,tsx}'],
    // Own processes: the store's native library and forked archive processes do not share a thread pool well.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    restoreMocks: true,
  },
});
