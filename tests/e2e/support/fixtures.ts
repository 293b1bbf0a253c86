/** Each test gets a data folder of its own and a page whose errors fail it. */
import { test as base, expect, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackParts } from '../../support/pack.ts';
import { Lab } from './lab.ts';
import { startShippedHost, type ShippedHost } from './shipped-host.ts';

interface Fixtures {
  dataDir: string;
  /** The built web host with the project's own exams. */
  host: ShippedHost;
  /** Starts a further web host on the test's data folder, for tests that end one themselves. */
  startHost: () => Promise<ShippedHost>;
  /** Starts the program on a small pack with a clock of the test's own. */
  startLab: (change?: (parts: PackParts) => void) => Promise<Lab>;
  /** Errors of the page, its console and its content security policy; expected ones can be taken out. */
  pageErrors: string[];
}

export const test = base.extend<Fixtures>({
  // Playwright wants the pattern even where nothing is taken from it.
  // eslint-disable-next-line no-empty-pattern
  dataDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'codehall-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  host: async ({ dataDir, page }, use) => {
    const host = await startShippedHost(dataDir);
    await use(host);
    // A page left open would complain that its host has gone.
    await page.close();
    await host.stop();
  },
  startHost: async ({ dataDir, page }, use) => {
    const hosts: ShippedHost[] = [];
    await use(async () => {
      const host = await startShippedHost(dataDir);
      hosts.push(host);
      return host;
    });
    await page.close();
    for (const host of hosts) await host.stop();
  },
  startLab: async ({ dataDir, page }, use) => {
    const labs: Lab[] = [];
    await use(async (change) => {
      const lab = await Lab.start(dataDir, change);
      labs.push(lab);
      return lab;
    });
    await page.close();
    for (const lab of labs) await lab.stop();
  },
  pageErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await use(errors);
      expect(errors, 'errors in the page').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** From the hall to the first question of a form: of CPC A, or of the small pack's only one. */
export async function beginExam(page: Page, order = 'Front to back'): Promise<void> {
  await page.getByRole('button', { name: /^Begin (CPC|SML), Form A/ }).click();
  await page.getByLabel(order).check();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  // From here on the time is the first question's.
  await recorded(page, 'visit', () => page.getByRole('button', { name: /I accept/ }).click());
  await expect(page.getByRole('heading', { name: /^Question \d+ of/ })).toBeFocused();
}

/** Does something in the page and waits until main has answered the command it leads to. */
export async function recorded(page: Page, command: string, act: () => Promise<unknown>): Promise<void> {
  const reply = page.waitForResponse((response) => response.request().postData()?.includes(`"${command}"`) ?? false);
  await act();
  await reply;
}

/** From a question to the report. */
export async function endExam(page: Page): Promise<void> {
  await page.keyboard.press('Alt+r');
  const end = page.getByRole('button', { name: 'End exam' });
  await leaveUnread(page, end);
  await end.click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'End exam' }).click();
  await page.getByRole('button', { name: /Yes, end/ }).click();
  await expect(page.getByRole('heading', { name: 'Result', exact: true })).toBeVisible();
}

/** Jumps to a number by keyboard, leaving unread text behind where asked. */
export async function jumpTo(page: Page, number: number): Promise<void> {
  await page.keyboard.press('Alt+g');
  await expect(page.getByLabel('Go to number')).toBeFocused();
  await page.keyboard.type(String(number));
  await page.keyboard.press('Enter');
  await leaveUnread(page, page.getByRole('heading', { name: new RegExp(`^Question ${number} of`) }));
}

/** Answers the notice about an unread end, should it come, and waits for what was asked for. */
export async function leaveUnread(page: Page, wanted: ReturnType<Page['locator']>): Promise<void> {
  const leave = page.getByRole('button', { name: 'Leave it anyway' });
  await expect(wanted.or(leave).first()).toBeVisible();
  if (await leave.isVisible()) await leave.click();
  await expect(wanted).toBeVisible();
}
