/**
 * Every screen in each of its states: axe finds nothing in the light scheme, the colours are told apart in the others, and
 * nothing scrolls sideways at 1024 x 700 with 200 % zoom.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { beginExam, expect, jumpTo, leaveUnread, test } from './support/fixtures.ts';
import { liveIn, type LivedIn } from './support/lived-in.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const OTHER_SCHEMES = ['dark', 'sepia', 'contrast'];

/** A scheme is there at once, so that no colour is looked at on its way to another. */
test.use({ contextOptions: { reducedMotion: 'reduce' } });

type AxeResults = Awaited<ReturnType<AxeBuilder['analyze']>>;
type Look = (screen: string) => Promise<void>;

/** All rules in the light scheme, and the contrast in the others, all in the page at once: it is asked some forty times. */
async function lookAtSchemes(page: Page, screen: string): Promise<void> {
  // Without a page of its own to put the result together, which there is no need of without frames.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze();
  const inOthers = await page.evaluate(async (schemes) => {
    // The builder has left axe in the page.
    const { axe } = window as unknown as { axe: { run: (context: Document, options: object) => Promise<AxeResults> } };
    const found = [];
    for (const scheme of schemes) {
      document.documentElement.dataset['scheme'] = scheme;
      const options = { runOnly: ['color-contrast'], resultTypes: ['violations'], elementRef: false };
      const { violations } = await axe.run(document, options);
      found.push(...violations.map((one) => ({ ...one, id: `${one.id} in ${scheme}` })));
    }
    document.documentElement.dataset['scheme'] = 'light';
    return found;
  }, OTHER_SCHEMES);
  const told = [...violations, ...inOthers].map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
  );
  expect.soft(told, screen).toEqual([]);
}

/** Whether all of it fits the width of the window. */
async function lookAtWidth(page: Page, screen: string): Promise<void> {
  const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect.soft(wide, `${screen} scrolls sideways`).toBeLessThanOrEqual(shown!);
}

async function appear(page: Page, zoom: 100 | 200): Promise<void> {
  await page.addInitScript(
    (kept) => localStorage.setItem('codehall-appearance', kept),
    JSON.stringify({ scheme: 'light', zoom, showPace: true }),
  );
  if (zoom === 200) await page.setViewportSize({ width: 1024, height: 700 });
}

/** From the first start through a sitting to its result; calls `look` on each screen and state. */
async function walkFirst(page: Page, url: string, look: Look): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Exams' })).toBeVisible();
  await look('hall, first start');
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByText('No sitting has ended yet')).toBeVisible();
  await look('history, empty');
  await page.getByRole('button', { name: 'Practice' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to practise yet' })).toBeVisible();
  await look('practice, empty');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Your data' })).toBeVisible();
  await look('settings');
  await page.getByRole('button', { name: 'Hall' }).click();

  await page.getByRole('button', { name: /^Begin CPC, Form A/ }).click();
  await expect(page.getByRole('heading', { name: 'Before you begin' })).toBeVisible();
  await look('before you begin');
  await page.getByRole('button', { name: 'Tutorial first' }).click();
  await expect(page.getByRole('heading', { name: /^Question 1 of 3/ })).toBeVisible();
  await look('tutorial');
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await expect(page.getByRole('heading', { name: 'Agreement' })).toBeVisible();
  await look('agreement');
  await page.getByRole('button', { name: 'Back to the hall' }).click();
  await expect(page.getByRole('heading', { name: 'Unfinished' })).toBeVisible();
  await look('hall, unfinished sitting');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: /I accept/ }).click();

  await expect(page.getByRole('heading', { name: /^Question 1 of/ })).toBeFocused();
  await page.keyboard.press('b');
  await page.keyboard.press('Shift+KeyC');
  await page.keyboard.press('Alt+f');
  await look('question');
  await jumpTo(page, 95);
  await look('case with its record');
  await page.keyboard.press('Alt+g');
  await expect(page.getByRole('dialog', { name: 'Navigator' })).toBeVisible();
  await look('navigator');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+m');
  await expect(page.getByRole('dialog', { name: 'Note' })).toBeVisible();
  await look('note');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await look('keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+r');
  await leaveUnread(page, page.getByRole('heading', { name: 'Review', exact: true }));
  await look('review');
  await page.getByRole('button', { name: 'End exam' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await look('end, first question');
  await page.getByRole('alertdialog').getByRole('button', { name: 'End exam' }).click();
  await page.getByRole('button', { name: /Yes, end/ }).click();

  await expect(page.getByRole('heading', { name: 'Result', exact: true })).toBeVisible();
  await look('result');
  await page.getByRole('button', { name: 'Hall' }).click();
  await expect(page.getByRole('heading', { name: 'Where you stand' })).toBeVisible();
  await look('hall, after the first sitting');
}

/** Through the screens of a hall that has been used for weeks. */
async function walkLivedIn(page: Page, url: string, { cpc, deleted }: LivedIn, look: Look): Promise<void> {
  const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first();
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
  const to = (hash: string) => page.evaluate((next) => (location.hash = next), `#/${hash}`);
  const [latest, before] = [cpc.at(-1)!, cpc.at(-3)!];

  await page.goto(url);
  // Readiness is shown for the one exam and withheld for the other.
  await expect(page.getByRole('article', { name: 'CPC, readiness' })).toContainText('About');
  await expect(page.getByRole('article', { name: 'CCS, readiness' })).toContainText('of 150');
  for (const article of await page.getByRole('article', { name: /readiness/ }).all())
    await article.getByText('How this is reckoned').click();
  await look('hall, with readiness, plan and results');

  await to(`result/${latest}`);
  await expect(heading('By area')).toBeVisible();
  await look('result');
  await press('How you worked');
  await expect(heading('Pace')).toBeVisible();
  await look('insight, charts');
  for (const title of ['Pace', 'Time for each question', 'Stamina', 'Options you struck out'])
    await page.getByRole('button', { name: `Show as table: ${title}` }).click();
  await look('insight, tables');
  await press('Replay');
  await expect(page.getByRole('heading', { name: /^Question \d+ of/ })).toBeVisible();
  await page.getByRole('slider', { name: 'Moment' }).fill('200');
  await look('replay');
  await page.getByRole('slider', { name: 'Moment' }).fill('1');
  await expect(page.getByText('The agreement was on screen.')).toBeVisible();
  await look('replay, agreement');

  await to(`questions/${latest}/missed`);
  await expect(heading(/^Question \d/)).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /Look-up/ })).toBeChecked();
  await look('question review, tagged');

  await to('history');
  await expect(page.getByRole('table', { name: 'Sittings' })).toBeVisible();
  await page.getByRole('checkbox').nth(0).check();
  await page.getByRole('checkbox').nth(1).check();
  await look('history, two chosen');
  await to('history/trend');
  await expect(page.getByRole('region', { name: 'CPC, trend' }).getByRole('img')).toBeVisible();
  await look('history, trend');
  // From the last to the first: one that is pressed has another name.
  for (const button of (await page.getByRole('button', { name: /^Show as table/ }).all()).reverse())
    await button.click();
  await look('history, trend as tables');
  await to('history/areas');
  await expect(heading(/areas over/)).toBeVisible();
  await look('history, areas');
  await to('history/deleted');
  await expect(page.getByRole('table', { name: 'Recently deleted' })).toBeVisible();
  await look('history, deleted');
  await to(`result/${deleted}`);
  await expect(heading('Result')).toBeVisible();
  await look('result of a deleted sitting');
  await to(`compare/${before}/${latest}`);
  await expect(heading('Two sittings compared')).toBeVisible();
  await look('compare');

  await to('plan/CCS');
  await expect(page.getByRole('button', { name: 'Make the plan' })).toBeVisible();
  await look('plan, empty');
  await to('plan/CPC');
  await expect(heading('This week')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Misses by kind' })).toBeVisible();
  for (const week of await page.locator('summary').all()) await week.click();
  await look('plan, running');
  await press('Change the plan');
  await look('plan, form');
  await press('Remove the plan');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await look('plan, removal');
  await press('Keep it');

  await to('practice');
  await expect(page.getByRole('heading', { name: 'Practice', exact: true })).toBeVisible();
  await look('practice');
  await press(/^Practise \d+ of CPC, Missed/);
  await expect(page.getByRole('heading', { name: /^Question 1 of/ })).toBeFocused();
  await page.keyboard.press('b');
  await page.keyboard.press('g');
  await look('practice question');
  await page.keyboard.press('Enter');
  await expect(page.locator('#practice-verdict')).toBeFocused();
  await look('practice question, answered');
  await press('Leave, go on later');
  await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();
  await look('practice, unfinished');
  await press('Go on');
  await press('End here');
  await expect(page.getByRole('heading', { name: 'How it went' })).toBeFocused();
  await look('practice, its end');
}

for (const [what, zoom, lookAt] of [
  ['axe finds nothing in any scheme', 100, lookAtSchemes],
  ['nothing scrolls sideways at 200 % and 1024 x 700', 200, lookAtWidth],
] as const) {
  test(`${what}, from the first start to a result`, async ({ page, host }) => {
    test.setTimeout(240_000);
    await appear(page, zoom);
    await walkFirst(page, host.url, (screen) => lookAt(page, screen));
  });

  test(`${what}, after weeks of use`, async ({ page, dataDir, startHost }) => {
    test.setTimeout(240_000);
    const lived = liveIn(dataDir, Date.now());
    await appear(page, zoom);
    const host = await startHost();
    await walkLivedIn(page, host.url, lived, (screen) => lookAt(page, screen));
  });
}

test('the focus goes to the heading of each question', async ({ page, host }) => {
  await page.goto(host.url);
  await beginExam(page);
  await page.keyboard.press('Alt+n');
  await leaveUnread(page, page.getByRole('heading', { name: 'Question 2 of 100' }));
  await expect(page.getByRole('heading', { name: 'Question 2 of 100' })).toBeFocused();
  await page.keyboard.press('Alt+End');
  await leaveUnread(page, page.getByRole('heading', { name: 'Question 100 of 100' }));
  await expect(page.getByRole('heading', { name: 'Question 100 of 100' })).toBeFocused();
});
