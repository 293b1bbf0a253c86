/** First contentful paint of the hall against that of the one-button page, nothing cached on either side. */
import type { Browser } from 'playwright';
import { freshPage } from './browser.ts';
import { alternate, ratioRow, ROUNDS, type Figure, type Round } from './figure.ts';
import { serveOneButton } from './one-button.ts';
import { withStage } from './stage.ts';

/** Loads of a round, on either side; the first pair is not counted. */
const LOADS = 25;

export const firstPaint: Figure = {
  name: 'first-paint',
  title: 'first contentful paint / that of a one-button page',
  measure() {
    return withStage(serveOneButton, async ({ browser, host, other: onePage }) => {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const ours: number[] = [];
        const other: number[] = [];
        for (let load = 0; load <= LOADS; load++) {
          const keep = (into: number[], ms: number) => load > 0 && into.push(ms);
          await alternate(
            load,
            async () => void keep(ours, await paintOf(browser, host.url)),
            async () => void keep(other, await paintOf(browser, onePage.url)),
          );
        }
        rounds.push({ ours, other });
      }
      return [ratioRow('first contentful paint / one button, p50', 2.2, 0.5, rounds, 'ms')];
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
