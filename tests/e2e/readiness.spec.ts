/** Readiness in the hall: what is missing for an estimate, and the estimate over two whole forms. */
import { addCpcSittings } from './support/cpc-sittings.ts';
import { beginExam, endExam, expect, test } from './support/fixtures.ts';

test('without enough questions the hall says how many there are, and what would help', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await expect(page.getByRole('heading', { name: 'Your first sitting' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Readiness' })).toHaveCount(0);
  await beginExam(page);
  await page.keyboard.press('a');
  await endExam(page);
  await page.getByRole('button', { name: 'Hall' }).click();
  const card = page.getByRole('article', { name: 'SML, readiness' });
  await expect(card).toContainText('0 of 150 first-seen questions.');
  await expect(card).toContainText('One sitting with less than half of the questions on screen is left out.');
  await expect(card).toContainText('Of the installed questions 4 are new to you; another exam pack would bring more.');
});

test('after two whole forms the hall tells the estimate, its range and the chance, and how it is reckoned', async ({
  page,
  dataDir,
  startHost,
}) => {
  addCpcSittings(dataDir, [75, 71]);
  const host = await startHost();
  await page.goto(host.url);
  const card = page.getByRole('article', { name: 'CPC, readiness' });
  await expect(card).toContainText('About 73%');
  await expect(card).toContainText('80% sure between 69% and 77%.');
  await expect(card).toContainText(/On about [678] of 10 new forms you would reach 70%\./);
  await expect(card.getByRole('img', { name: '73 percent, interval 69 to 77, line at 70' })).toBeVisible();
  await expect(card.getByRole('heading', { name: 'Your weakest areas' })).toBeVisible();
  await expect(card.getByRole('listitem').filter({ visible: true })).toHaveCount(3);
  await expect(card.getByText('From 2 full sittings, the last on')).toBeVisible();

  await expect(card.getByText('This is no promise of a pass')).toBeHidden();
  await card.getByText('How this is reckoned').click();
  await expect(card.getByText('This is no promise of a pass')).toBeVisible();
  await expect(card.getByRole('table', { name: 'CPC readiness by area' }).getByRole('row')).toHaveCount(19);
});
