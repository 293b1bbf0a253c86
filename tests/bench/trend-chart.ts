/** How long the trend of 200 sittings takes to be drawn, from the click that asks for it. */
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { openDatabase } from '../../main/store/open.ts';
import { addPast, smallForms } from '../support/past.ts';
import { freshPage, launchBrowser, pointAt, timedClick } from './browser.ts';
import { buildProgram } from './build.ts';
import { absoluteRow, type Figure } from './figure.ts';
import { startHost } from './hosts.ts';
import { writeBenchPack } from './pack.ts';
import { withTemporaryFolder } from './temporary.ts';

const SITTINGS = 200;
/** Each in a page of its own. */
const RUNS = 15;

export const trendChart: Figure = {
  name: 'trend-chart',
  title: `trend of ${SITTINGS} sittings, from the click to the frame that shows it, main's answer included`,
  measure() {
    return withTemporaryFolder(async (folder) => {
      const dist = await buildProgram(folder);
      const dataDir = join(folder, 'data');
      const db = openDatabase(join(dataDir, 'codehall.db'));
      addPast(db, { editions: smallForms().slice(0, 1), sittings: SITTINGS, declined: 0 });
      db.close();
      const args = ['--data-dir', dataDir, '--exams', writeBenchPack(join(folder, 'exams'))];
      const host = await startHost(join(dist, 'main', 'web.js'), args);
      const browser = await launchBrowser();
      try {
        const times: number[] = [];
        for (let run = 0; run < RUNS; run++) times.push(await drawn(browser, host.url));
        return [absoluteRow('trend chart of 200 sittings', 100, times, 'ms')];
      } finally {
        await browser.close();
        await host.stop();
      }
    });
  },
};

/** From the click on "Trend", ms. */
async function drawn(browser: Browser, url: string): Promise<number> {
  const page = await freshPage(browser);
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(() => (location.hash = '#/history'));
  await page.getByRole('button', { name: 'Trend' }).waitFor();
  await page.evaluate(async (count) => {
    await document.fonts.ready;
    bench.expect(() => document.querySelectorAll('svg path title').length === count);
  }, SITTINGS);
  await pointAt(page, '[aria-label="Show"] button', 1);
  const ms = await timedClick(page, 'shown');
  await page.context().close();
  return ms;
}
