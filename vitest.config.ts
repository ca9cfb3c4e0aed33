import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    pool: 'forks',
    isolate: false, // a test shares nothing but loaded code with the next: loading it anew takes longer than most tests
    maxWorkers: 3, // two cores are a third idle with two: tests wait for the database, for browsers and for each other
  },
});
