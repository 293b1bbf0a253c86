/** The same test on either host: `window` is a page of the web host in Chromium, or the window of the Electron host. */
import { _electron, expect, test as base, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRuntime } from '../../../scripts/electron-runtime.mjs';
import { obstacleToElectron } from '../../../scripts/start-options.mjs';
import { ROOT, startShippedHost } from './shipped-host.ts';

export interface HostOptions {
  /** Set by the project in playwright.config.ts. */
  hostKind: 'web' | 'electron';
}

/** Why the Electron host cannot be tested on this machine, null where it can. Nothing is downloaded to find out. */
export function electronObstacle(): string | null {
  if (!findRuntime(ROOT)) return `Electron's runtime is not in node_modules ("npm start -- --electron" downloads it)`;
  return obstacleToElectron(process.platform, process.env, process.getuid?.());
}

export const test = base.extend<HostOptions & { dataDir: string; window: Page }>({
  hostKind: ['web', { option: true }],
  // Playwright wants the pattern even where nothing is taken from it.
  // eslint-disable-next-line no-empty-pattern
  dataDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'codehall-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  window: async ({ hostKind, dataDir, page }, use) => {
    const errors: string[] = [];
    const hear = (shown: Page) => {
      shown.on('pageerror', (error) => errors.push(error.message));
      shown.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    };
    if (hostKind === 'electron') {
      const app = await _electron.launch({
        executablePath: findRuntime(ROOT)!,
        args: [ROOT, '--data-dir', dataDir],
      });
      const shown = await app.firstWindow();
      hear(shown);
      await use(shown);
      await app.close();
    } else {
      const host = await startShippedHost(dataDir);
      hear(page);
      await page.goto(host.url);
      await use(page);
      // A page left open would complain that its host has gone.
      await page.close();
      await host.stop();
    }
    expect(errors, 'errors in the page').toEqual([]);
  },
});

export { expect };
