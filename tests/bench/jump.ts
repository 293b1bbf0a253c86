/**
 * A jump to any question of a form of 100 items, from the click on its number to the frame that shows it, against
 * QTI components with the same items.
 */
import { join } from 'node:path';
import type { Page } from 'playwright';
import { freshPage, openSitting, pointAt, timedClick } from './browser.ts';
import { alternate, percentile, ratioRow, ROUNDS, type Figure, type Round } from './figure.ts';
import { startSitting } from './hosts.ts';
import { ITEMS } from './pack.ts';
import { servePeer } from './peer.ts';
import { withStage } from './stage.ts';

/** Jumps of a round, on either side: 50 different questions, each of them twice. */
const JUMPS = 100;
const DIFFERENT = 50;
/** Coprime to the number of items, so that the jumps go far and repeat no question before its second turn. */
const STRIDE = 37;

export const jump: Figure = {
  name: 'jump',
  title: 'jump to any question in a 100-item form / qti-components 7.27',
  measure(say) {
    return withStage(
      (folder) => servePeer(join(folder, 'peer')),
      async ({ browser, host, other }) => {
        const rounds: Round[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          const exam = await openSitting(browser, host, (await startSitting(host)).id);
          const test = await freshPage(browser);
          await test.goto(other.url);
          await test.locator('test-item-link').first().click();
          await test.locator('qti-simple-choice').first().waitFor();
          const measured: Round = { ours: [], other: [] };
          for (let turn = 0; turn < JUMPS; turn++) {
            const number = 1 + (((1 + (turn % DIFFERENT)) * STRIDE) % ITEMS);
            await alternate(
              turn,
              async () => void measured.ours.push(await jumpInExam(exam, number)),
              async () => void measured.other.push(await jumpInPeer(test, number)),
            );
          }
          rounds.push(measured);
          say(`p50 ${percentile(measured.ours, 0.5).toFixed(1)} / ${percentile(measured.other, 0.5).toFixed(1)} ms`);
          await exam.context().close();
          await test.context().close();
        }
        return [ratioRow('jump to a question / qti-components, p95', 0.6, 0.95, rounds, 'ms')];
      },
    );
  },
};

async function jumpInExam(page: Page, number: number): Promise<number> {
  await page.keyboard.press('Alt+KeyG');
  const cell = `button[aria-label^="Question ${number},"]`;
  await page.locator(cell).waitFor();
  await pointAt(page, cell);
  await page.evaluate((shown) => {
    bench.expect(
      () => document.getElementById('question-heading')?.textContent?.trim().startsWith(`Question ${shown} `) ?? false,
    );
  }, number);
  return timedClick(page, 'shown');
}

async function jumpInPeer(page: Page, number: number): Promise<number> {
  await pointAt(page, `test-item-link[item-id="item-${number}"]`);
  await page.evaluate((shown) => {
    const tree = document.querySelector('test-container')!.shadowRoot!;
    const choice = `qti-assessment-item-ref[identifier="item-${shown}"] qti-simple-choice`;
    bench.expect(() => tree.querySelector(choice) !== null);
  }, number);
  return timedClick(page, 'shown');
}
