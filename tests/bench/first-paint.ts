/** First contentful paint of the hall against that of the one-button page, nothing cached on either side. */
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { freshPage, launchBrowser } from './browser.ts';
import { buildProgram } from './build.ts';
import { alternate, ratioRow, ROUNDS, type Figure, type Round } from './figure.ts';
import { startHost } from './hosts.ts';
import { serveOneButton } from './one-button.ts';
import { writeBenchPack } from './pack.ts';
import { withTemporaryFolder } from './temporary.ts';

/** Loads of a round, on either side; the first pair is not counted. */
const LOADS = 10;

export const firstPaint: Figure = {
  name: 'first-paint',
  title: 'first contentful paint / that of a one-button page',
  measure() {
    return withTemporaryFolder(async (folder) => {
      const dist = await buildProgram(folder);
      const trivial = await serveOneButton();
      const host = await startHost(join(dist, 'main', 'web.js'), [
        ...['--data-dir', join(folder, 'data')],
        ...['--exams', writeBenchPack(join(folder, 'exams'))],
      ]);
      const browser = await launchBrowser();
      try {
        const rounds: Round[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          const ours: number[] = [];
          const other: number[] = [];
          for (let load = 0; load <= LOADS; load++) {
            const keep = (into: number[], ms: number) => load > 0 && into.push(ms);
            await alternate(
              load,
              async () => void keep(ours, await paintOf(browser, host.url)),
              async () => void keep(other, await paintOf(browser, trivial.url)),
            );
          }
          rounds.push({ ours, other });
        }
        return [ratioRow('first contentful paint / one button, p50', 2.2, 0.5, rounds, 'ms')];
      } finally {
        await browser.close();
        await host.stop();
        trivial.stop();
      }
    });
  },
};

/** From the start of the navigation, ms. */
async function paintOf(browser: Browser, url: string): Promise<number> {
  const page = await freshPage(browser);
  await page.goto(url);
  const ms = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries())
            if (name === 'first-contentful-paint') resolve(startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  await page.context().close();
  return ms;
}
