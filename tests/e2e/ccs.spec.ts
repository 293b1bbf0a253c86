/** CCS form A to its report: multiple select, scenarios, unscored pretest items, a line that is ours. */
import { expect, leaveUnread, test } from './support/fixtures.ts';
import { readForm } from './support/forms.ts';

test('CCS A is sat to a report that counts the scored items only and claims no scaled score', async ({
  page,
  host,
}) => {
  test.setTimeout(300_000);
  const items = readForm('ccs-2026', 'ccs-a');
  expect(items).toHaveLength(107);
  /** Every third item is answered wrong, or with one option too few where it takes several. */
  const right = (index: number) => index % 3 !== 2;
  const chosen = items.map((item, index) => {
    if (right(index)) return item.key;
    if (item.select > 1) return item.key.slice(1);
    return [item.options.find((option) => !item.key.includes(option.id))!.id];
  });
  const points = items.filter((item, index) => item.scored && right(index)).length;
  const scored = items.filter((item) => item.scored).length;
  expect([scored, items.length - scored]).toEqual([97, 10]);

  await page.goto(host.url);
  await page.getByRole('button', { name: /^Begin CCS, Form A/ }).click();
  await expect(page.getByText('97 of them scored and 10 pretest items that do not count')).toBeVisible();
  await expect(page.getByText('70% of the scored questions (our practice line)')).toBeVisible();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await expect(page.getByRole('timer', { name: 'Time remaining' })).toHaveText(/^0:0(5:00|4:5\d)$/);
  await page.getByRole('button', { name: /I accept/ }).click();

  for (const [index, item] of items.entries()) {
    const number = index + 1;
    const heading = page.getByRole('heading', { name: new RegExp(`^Question ${number} of 107`) });
    await expect(heading).toBeFocused();
    await expect(page.getByRole('region', { name: 'Record' })).toHaveCount(item.scenario ? 1 : 0);
    if (item.select > 1) await expect(page.getByText(`Select ${item.select}.`, { exact: true })).toBeVisible();
    for (const option of chosen[index]!) await page.keyboard.press(option);
    // Nothing on the screen tells a pretest item from the others.
    await expect(page.getByText(/pretest/i)).toHaveCount(0);
    await page.keyboard.press('Alt+n');
    const next = page.getByRole('heading', { name: new RegExp(`^Question ${number + 1} of 107|^Review$`) });
    await leaveUnread(page, next);
  }

  const incomplete = items.filter((item, index) => item.select > 1 && !right(index)).length;
  await expect(
    page.getByText(`${107 - incomplete} of 107 answered, ${incomplete} incomplete, 0 flagged.`),
  ).toBeVisible();
  await page.getByRole('button', { name: 'End exam' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'End exam' }).click();
  await page.getByRole('button', { name: /Yes, end/ }).click();

  await expect(page.getByText(`${points} of 97 points`)).toBeVisible();
  await expect(page.getByText('10 pretest items did not count.')).toBeVisible();
  await expect(page.getByText('Our practice line is 70%: 68 of 97.')).toBeVisible();
  await expect(page.getByText(/scaled/i)).toHaveCount(0);
  const rows = await page.getByRole('table', { name: 'Current domains' }).locator('tbody tr').allInnerTexts();
  const domains = ['coding', 'documentation', 'queries', 'regulatory', 'information-technology'].map((area) => {
    const own = items.map((item, index) => ({ item, index })).filter(({ item }) => item.scored && item.area === area);
    return `${own.filter(({ index }) => right(index)).length} of ${own.length}`;
  });
  expect(rows.map((row) => /\d+ of \d+/.exec(row)![0])).toEqual(domains);

  // What was right of a multiple select is told, and gives no part of a point.
  const first = items.findIndex((item, index) => item.select > 1 && !right(index));
  await page.getByRole('button', { name: 'Go through the questions' }).click();
  for (let step = 0; step < first; step++) await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: new RegExp(`^Question ${first + 1}`) })).toBeVisible();
  const { select } = items[first]!;
  await expect(page.getByText(`You chose ${select - 1} of the ${select} right answers and 0 wrong.`)).toBeVisible();
});
