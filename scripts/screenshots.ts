/**
 * Makes the pictures of the README and the guide from the built program: `npm run screenshots`. The history behind them is
 * made by chance from a seed, so that the screens show what they look like after some weeks.
 */
import { chromium, type Page } from 'playwright';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freezeForm } from '../main/exam/edition.ts';
import { loadLibrary } from '../main/services/library.ts';
import { openDatabase } from '../main/store/open.ts';
import { DATABASE } from '../main/program.ts';
import { startShippedHost } from '../tests/e2e/support/shipped-host.ts';
import { addPast } from '../tests/support/past.ts';
import { chromiumOptions } from './chromium.mjs';
import { EXAMS_FOLDER } from './exams/folders.ts';

const IMAGES = join(import.meta.dirname, '..', 'docs', 'images');
const DAY_MS = 86_400_000;
/** Sittings of both CPC forms by turns, the last one nine days ago. */
const SITTINGS = 6;
const EVERY_DAYS = 6;

const dataDir = mkdtempSync(join(tmpdir(), 'codehall-pictures-'));
sitForWeeks();
const host = await startShippedHost(dataDir);
const browser = await chromium.launch(chromiumOptions());
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', locale: 'en-US' });
  const picture = (name: string) => page.screenshot({ path: join(IMAGES, `${name}.png`) });
  const go = async (button: string | RegExp, heading: string | RegExp) => {
    await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('heading', { name: heading }).first().waitFor();
  };
  await page.goto(host.url);
  await page.getByText('How this is reckoned').first().waitFor();
  await picture('hall');
  await go(/^Report/, 'By area');
  await picture('result');
  await go('How you worked', 'Pace');
  await picture('insight');
  await go('Back to the result', 'Result');
  await go(/^Tag the/, /^Question/);
  await picture('review');
  await go('History', 'History');
  await go('Trend', /percent of the points/);
  await picture('trend');
  await go('Practice', 'Practice');
  await picture('practice');
  await go('Hall', 'Welcome back');
  await sitCase(page);
  await picture('exam');
} finally {
  await browser.close();
  await host.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

function sitForWeeks(): void {
  const { pack } = loadLibrary([EXAMS_FOLDER]).packs.get('cpc-2026')!;
  const db = openDatabase(join(dataDir, DATABASE));
  const from = Date.now() - (9 + (SITTINGS - 1) * EVERY_DAYS) * DAY_MS;
  const editions = pack.forms.map(({ id }) => freezeForm(pack, id));
  addPast(db, {
    editions,
    sittings: SITTINGS,
    seed: 'pictures',
    from,
    everyMs: EVERY_DAYS * DAY_MS,
    declined: 0,
    right: [0.6, 0.78],
  });
  db.close();
}

/** The exam screen on a case, with an answer, a strike and a flag. */
async function sitCase(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Sit again CPC/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await page.getByRole('button', { name: /I accept/ }).click();
  await page.getByRole('heading', { name: /^Question 1 of/ }).waitFor();
  await page.keyboard.press('Alt+g');
  await page.keyboard.type('95');
  await page.keyboard.press('Enter');
  const leave = page.getByRole('button', { name: 'Leave it anyway' });
  const heading = page.getByRole('heading', { name: /^Question 95 of/ });
  await leave.or(heading).first().waitFor();
  if (await leave.isVisible()) await leave.click();
  await heading.waitFor();
  await page.keyboard.press('b');
  await page.keyboard.press('Shift+KeyD');
  await page.keyboard.press('Alt+f');
  await page.getByText('1 of 100 answered').waitFor();
}
