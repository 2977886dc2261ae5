import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where CI wants the counts. */
const report = process.env.PARLEY_TEST_REPORT;

export default defineConfig({
  test: {
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        test: {
          name: 'main',
          environment: 'node',
          include: [
            'shared/**/*.test.ts',
            'main/**/*.test.ts',
            'migrations/**/*.test.ts',
            'scripts/**/*.test.ts',
            'tests/integration/**/*.test.ts',
          ],
          globalSetup: ['tests/fixtures/global-setup.ts'],
          setupFiles: ['tests/fixtures/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // What is waited for comes when it comes: a busy machine is no failure.
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['renderer/test-setup.ts'],
        },
      },
    ],
  },
});
