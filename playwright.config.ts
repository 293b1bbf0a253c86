import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './scripts/chromium.mjs';
import { electronObstacle, type HostOptions } from './tests/e2e/support/hosts.ts';

// Said at the start of each run, once: a run that did not test Electron must not look like one that did.
const obstacle = electronObstacle();
if (obstacle !== null && process.env['TEST_WORKER_INDEX'] === undefined)
  console.warn(`\nSKIPPED: the project "electron" is not run. ${obstacle}.\n`);

export default defineConfig<HostOptions>({
  testDir: 'tests/e2e',
  // A test that passes only at the second try has failed.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en-US',
    launchOptions: chromiumOptions(),
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'web' },
    // Where there is an obstacle its tests stand in the report as skipped.
    { name: 'electron', testMatch: '**/both-hosts.spec.ts', use: { hostKind: 'electron' } },
  ],
});
