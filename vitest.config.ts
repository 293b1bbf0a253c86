import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** The unit suite: no browser, no network but 127.0.0.1, real SQLite files, zero retries. */
export default defineConfig({
  // Compiles the runes of renderer/state/*.svelte.ts.
  plugins: [svelte()],
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/bench/**'],
    retry: 0,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    setupFiles: ['tests/support/set-up.ts'],
    // `npm run coverage`: Electron's runtime is in no test run, so no branch of its host may be left to it.
    coverage: {
      include: [
        'main/electron.ts',
        'main/electron/**',
        'main/host-methods.ts',
        'main/services/add-pack.ts',
        'preload/**/*.ts',
      ],
      thresholds: { 100: true, perFile: true },
      reporter: ['text'],
      reportsDirectory: 'test-results/coverage',
    },
  },
});
