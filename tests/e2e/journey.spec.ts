/** From a finished sitting to what it teaches: how it went, why questions were missed, practice of them, and the trend. */
import { beginExam, endExam, expect, jumpTo, test } from './support/fixtures.ts';

test('a finished sitting leads through insight, tags and practice to the trend', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  await page.keyboard.press('a');
  lab.pass(20);
  await jumpTo(page, 2);
  await page.keyboard.press('a');
  await page.keyboard.press('c');
  lab.pass(40);
  await endExam(page);
  await expect(page.getByText('1 of 5 points')).toBeVisible();

  await page.getByRole('button', { name: 'How you worked' }).click();
  const changes = page.getByRole('region', { name: 'Answers you changed' });
  await expect(changes.getByRole('row', { name: /^Wrong to wrong/ })).toContainText('1');
  await page.getByRole('button', { name: 'Show as table: Time for each question' }).click();
  const times = page.getByRole('figure').filter({ has: page.getByRole('heading', { name: 'Time for each question' }) });
  await expect(times.locator('tbody tr').first()).toContainText('0:40');

  await page.getByRole('button', { name: 'Back to the result' }).click();
  await page.getByRole('button', { name: 'Tag the 4 misses' }).click();
  await expect(page.getByRole('heading', { name: /^Question 2/ })).toBeVisible();
  await page.keyboard.press('2');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the result' }).click();
  await expect(page.getByRole('region', { name: 'Why you missed' })).toContainText('Misread');

  await page.getByRole('button', { name: 'Practice', exact: true }).click();
  const missed = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Missed last time' }) });
  await missed.getByRole('button', { name: 'Practise 1' }).click();
  await expect(page.getByRole('heading', { name: 'Question 1 of 1' })).toBeFocused();
  await expect(page.getByText('RATIONALE')).toHaveCount(0);
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /^Right/ })).toBeFocused();
  await expect(page.getByText('RATIONALE-two-b', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'See how it went' }).click();
  await expect(page.getByRole('heading', { name: 'How it went' })).toBeVisible();

  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Trend' }).click();
  const trend = page.getByRole('region', { name: 'SML, trend' });
  // What was practised right is no exam result.
  await expect(trend).toContainText('1 of 5, 20%');
  await trend.getByRole('button', { name: /Show as table/ }).click();
  await expect(trend.getByRole('table').locator('tbody tr')).toHaveCount(1);
  await page.getByRole('button', { name: 'Areas' }).click();
  await expect(page.getByRole('region', { name: 'Why you missed, over all sittings' })).toContainText('Misread');
});
