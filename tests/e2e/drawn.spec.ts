/** A new form from the pool: drawn, sat, and the next one says what it repeats. */
import { endExam, expect, leaveUnread, test } from './support/fixtures.ts';

test('a form is drawn from the pool, sat to its report, and the next one says what it repeats', async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole('button', { name: 'Draw a form for CPC' }).click();
  await expect(page.getByText('You have seen none of these 100 in a sitting.')).toBeVisible();
  const named = (await page.getByText(/^CPC, Drawn form [0-9A-F]{6}\./).textContent())!;
  const title = /Drawn form [0-9A-F]{6}/.exec(named)![0];
  await page.reload();
  await expect(page.getByText(named)).toBeVisible();

  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await page.getByRole('button', { name: /I accept/ }).click();
  await expect(page.getByRole('heading', { name: 'Question 1 of 100', exact: true })).toBeFocused();
  await page.keyboard.press('a');
  await page.keyboard.press('Alt+n');
  await leaveUnread(page, page.getByRole('heading', { name: 'Question 2 of 100', exact: true }));
  await page.keyboard.press('Alt+r');
  await leaveUnread(page, page.getByRole('heading', { name: 'Review', exact: true }));
  await endExam(page);
  // On paper it stands in a head of its own, which the screen does not show.
  await expect(page.getByText(title).filter({ visible: true }).first()).toBeVisible();

  await page.goto(host.url);
  await page.getByRole('button', { name: 'Draw a form for CPC' }).click();
  // Two of 217 were on screen, so that a form without them can be had.
  await expect(page.getByText(/You have seen none|[12] of the 100 you have seen before/)).toBeVisible();
  await expect(page.getByText(title)).toHaveCount(0);
});
