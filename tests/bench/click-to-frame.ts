/** How soon a click shows: every kind of click of the exam screen against one on a page with a single button. */
import type { Page } from 'playwright';
import { freshPage, openSitting, pointAt, timedClick } from './browser.ts';
import { alternate, percentile, ratioRow, ROUNDS, type Figure, type Round } from './figure.ts';
import { startSitting } from './hosts.ts';
import { serveOneButton } from './one-button.ts';
import { withStage } from './stage.ts';
import { ITEMS } from './pack.ts';

/** Clicks of a round, on either side. */
const CLICKS = 900;
const KINDS = ['choose', 'strike', 'flag', 'next'] as const;
type Kind = (typeof KINDS)[number];

export const clickToFrame: Figure = {
  name: 'click-to-frame',
  title: 'click (choose, strike, flag, next) to next frame / the same on a one-button page',
  measure(say) {
    return withStage(serveOneButton, async ({ browser, host, other }) => {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const sitting = await startSitting(host);
        const exam = await openSitting(browser, host, sitting.id);
        const button = await freshPage(browser);
        await button.goto(other.url);
        const { kinds, ...measured } = await oneRound(exam, button);
        rounds.push(measured);
        for (const kind of KINDS)
          say(
            `${kind}: ${[0.5, 0.95].map((share) => percentile(kinds[kind], share).toFixed(1)).join(' / ')} ms (p50 / p95)`,
          );
        await exam.context().close();
        await button.context().close();
      }
      return [
        ratioRow('click to frame / one button, p95', 1.1, 0.95, rounds, 'ms'),
        ratioRow('click to frame / one button, p99', 1.25, 0.99, rounds, 'ms'),
      ];
    });
  },
};

async function oneRound(exam: Page, button: Page): Promise<Round & { kinds: Record<Kind, number[]> }> {
  const kinds: Record<Kind, number[]> = { choose: [], strike: [], flag: [], next: [] };
  const ours: number[] = [];
  const other: number[] = [];
  for (let click = 0; click < CLICKS; click++) {
    const kind = KINDS[click % KINDS.length]!;
    await Promise.all([aim(exam, kind, Math.floor(click / KINDS.length)), pointAt(button, 'button')]);
    await alternate(
      click,
      async () => {
        const took = await timedClick(exam, 'frame');
        ours.push(took);
        kinds[kind].push(took);
      },
      async () => {
        other.push(await timedClick(button, 'frame'));
      },
    );
  }
  return { ours, other, kinds };
}

/** Points at what the click of this kind goes to. @param step how often Next was clicked so far. */
async function aim(exam: Page, kind: Kind, step: number): Promise<void> {
  const lap = Math.floor(step / (ITEMS - 1));
  switch (kind) {
    case 'choose':
      return pointAt(exam, 'fieldset input', lap % 4);
    case 'strike':
      return pointAt(exam, 'fieldset button', (lap + 2) % 4);
    case 'flag':
      return pointAt(exam, 'footer button[aria-label="Flag for review"]');
    case 'next':
      // Behind the last item Next would lead to the review.
      if (lap > 0 && step % (ITEMS - 1) === 0) await exam.keyboard.press('Alt+Home');
      await pointAt(exam, 'footer button[aria-label="Next question"]');
  }
}
