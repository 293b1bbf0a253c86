/** What a page holds after a whole sitting, up to its result, against the one-button page after as many clicks. */
import type { Page } from 'playwright';
import { freshPage, openSitting } from './browser.ts';
import { ratioRow, ROUNDS, type Figure, type Round } from './figure.ts';
import { startSitting } from './hosts.ts';
import { serveOneButton } from './one-button.ts';
import { withStage } from './stage.ts';
import { ITEMS } from './pack.ts';

export const heap: Figure = {
  name: 'heap',
  title: 'JS heap after a full sitting / one-button page',
  measure() {
    return withStage(serveOneButton, async ({ browser, host, other }) => {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const exam = await openSitting(browser, host, (await startSitting(host)).id);
        const button = await freshPage(browser);
        await button.goto(other.url);
        for (let number = 1; number <= ITEMS; number++) {
          await exam
            .locator('fieldset input')
            .nth(number % 4)
            .click();
          if (number < ITEMS) await exam.getByRole('button', { name: 'Next question' }).click();
          await button.locator('button').click();
        }
        await exam.getByRole('button', { name: 'Go to review' }).click();
        await exam.getByRole('button', { name: 'End exam' }).click();
        await endForGood(exam);
        rounds.push({ ours: [await heapMb(exam)], other: [await heapMb(button)] });
        await exam.context().close();
        await button.context().close();
      }
      return [ratioRow('JS heap after a sitting / one button', 4, 0.5, rounds, 'MB')];
    });
  },
};

async function endForGood(exam: Page): Promise<void> {
  const dialog = exam.getByRole('alertdialog');
  await dialog.getByRole('button', { name: 'End exam' }).click();
  await dialog.getByRole('button', { name: 'Yes, end the exam now' }).click();
  await exam.getByRole('heading', { name: 'Result', level: 1 }).waitFor();
}

/** Live JS objects after garbage collection, MB. */
async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}
