import { defineConfig } from 'vitest/config';

const report = process.env.PARLEY_TEST_REPORT;

/** The journeys, in a real Electron and a real browser. One after the other: each has a whole app to itself. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.e2e.ts'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // What a person would wait for; the usual second is too short for a busy machine.
    expect: { poll: { timeout: 30_000 } },
  },
});
