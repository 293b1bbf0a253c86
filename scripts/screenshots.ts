/**
 * Makes the pictures of the README from the built program: `npm run screenshots`. A sitting is played over the API with
 * most answers right, so that the report shows what a report looks like.
 */
import { chromium, type Page } from 'playwright';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../main/exam/random.ts';
import { startShippedHost, type ShippedHost } from '../tests/e2e/support/shipped-host.ts';
import { chromiumOptions } from './chromium.mjs';
import { findForm } from './exams/find-form.ts';

const IMAGES = join(import.meta.dirname, '..', 'docs', 'images');
/** Share of the answers that are right. */
const ABILITY = 0.77;

const dataDir = mkdtempSync(join(tmpdir(), 'codehall-pictures-'));
const host = await startShippedHost(dataDir);
const browser = await chromium.launch(chromiumOptions());
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', locale: 'en-US' });
  await playSitting(host);
  await page.goto(host.url);
  await page.getByRole('button', { name: /^Report/ }).click();
  await page.getByRole('heading', { name: 'By area' }).waitFor();
  await page.screenshot({ path: join(IMAGES, 'result.png') });
  await sitCase(page);
  await page.screenshot({ path: join(IMAGES, 'exam.png') });
} finally {
  await browser.close();
  await host.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function call<T>({ url, token }: ShippedHost, method: string, input: unknown): Promise<T> {
  const response = await fetch(new URL(`/api/${method}`, url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const reply = (await response.json()) as { ok: boolean; value: T; message?: string };
  if (!reply.ok) throw new Error(`${method}: ${reply.message}`);
  return reply.value;
}

async function playSitting(on: ShippedHost): Promise<void> {
  const edition = findForm('cpc-a');
  const random = seeded('a candidate');
  const settings = { order: 'back-to-front', timeFactor: 1, proctored: false, candidate: '' };
  const view = await call<{ sittingId: string; seq: number }>(on, 'sitting.start', {
    packId: edition.pack.id,
    formId: edition.form.id,
    settings,
  });
  let { seq } = view;
  let requests = 0;
  const act = async (command: unknown) => {
    const requestId = `picture-${String(++requests).padStart(4, '0')}`;
    ({ seq } = await call<{ seq: number }>(on, 'sitting.act', { sittingId: view.sittingId, requestId, seq, command }));
  };
  await act({ type: 'agree' });
  for (const [index, item] of edition.items.entries()) {
    const wrong = item.options.find((option) => !item.key.includes(option.id))!;
    const options = random() < ABILITY ? item.key : [wrong.id];
    await act({ type: 'visit', number: index + 1 });
    await act({ type: 'respond', number: index + 1, options });
  }
  await act({ type: 'end' });
}

/** The exam screen on a case, with an answer, a strike and a flag. */
async function sitCase(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Hall' }).click();
  await page
    .getByRole('button', { name: /^Sit again/ })
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
