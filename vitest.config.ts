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
    setupFiles: ['tests/support/set-up.ts'],
  },
});
