/** One Chromium for both sides of a figure, and what the bench does in its pages. */
import { chromium, type Browser, type Page } from 'playwright';
import { chromiumOptions } from '../../scripts/chromium.mjs';
import { pause } from './figure.ts';
import type { Host } from './hosts.ts';
import { installProbe, type Probe } from './probe.ts';

const FRAME_MS = 1000 / 60;
const VIEWPORT = { width: 1440, height: 900 };

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(chromiumOptions());
}

/** A page in a context of its own: nothing cached, its own renderer process, the probe in place. */
export async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  await context.addInitScript(installProbe);
  return context.newPage();
}

/** Opens the exam screen of a sitting in a fresh page. */
export async function openSitting(browser: Browser, host: Host, sittingId: string): Promise<Page> {
  const page = await freshPage(browser);
  await page.goto(host.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate((id) => (location.hash = `#/sitting/${id}`), sittingId);
  await page.locator('#question-heading').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  return page;
}

export interface Point {
  x: number;
  y: number;
}

/** Moves the mouse onto the element at the selector and lets the hover and all work before it settle. */
export async function pointAt(page: Page, selector: string, nth = 0): Promise<void> {
  const { x, y } = await page.evaluate(([css, index]) => bench.centreOf(css, index), [selector, nth] as const);
  await page.mouse.move(x, y);
  await page.evaluate(() => bench.settled());
}

/**
 * Presses and releases where the mouse is. The press lasts one to two frames, far less than a hand takes: what it
 * changes itself (focus, the pressed look) has been shown, and the release falls anywhere between two frames.
 * @returns what the armed probe says about the click, ms.
 */
export async function timedClick(page: Page, until: Parameters<Probe['arm']>[0]): Promise<number> {
  await page.evaluate((name) => bench.arm(name), until);
  await page.mouse.down();
  await pause((1 + Math.random()) * FRAME_MS);
  await page.mouse.up();
  return page.evaluate(() => bench.taken());
}
