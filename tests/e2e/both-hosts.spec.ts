/** What has to work in either host, from the hall to the report. The rest is tested on the web host alone: same pages, same main. */
import { beginExam, endExam, jumpTo } from './support/fixtures.ts';
import { readForm } from './support/forms.ts';
import { electronObstacle, expect, test } from './support/hosts.ts';

const obstacle = electronObstacle();
test.skip(
  ({ hostKind }) => hostKind === 'electron' && obstacle !== null,
  `the Electron host was NOT tested: ${obstacle}`,
);

test('a sitting from its start to its report', async ({ window, hostKind }) => {
  const [first, second] = readForm('cpc-2026', 'cpc-a');
  await beginExam(window);
  await window.keyboard.press(first!.key[0]!);
  await jumpTo(window, 2);
  await window.keyboard.press(second!.key[0]!);
  await endExam(window);
  await expect(window.locator('.points strong')).toHaveText('2');
  // Electron's bridge and nothing else tells the page where it is.
  expect(await window.evaluate(() => 'codehall' in globalThis)).toBe(hostKind === 'electron');
});

test('a sitting goes on after the page was loaded anew', async ({ window }) => {
  const [first] = readForm('cpc-2026', 'cpc-a');
  await beginExam(window);
  await window.keyboard.press(first!.key[0]!);
  await expect(window.getByRole('radio', { checked: true })).toHaveCount(1);
  await window.reload();
  await expect(window.getByRole('heading', { name: 'Question 1 of 100' })).toBeVisible();
  await expect(window.getByRole('radio', { checked: true })).toHaveCount(1);
});
