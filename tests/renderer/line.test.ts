import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../main/contract.ts';
import { reachesLine } from '../../renderer/state/line.ts';

const entry = (points: number | null, scored: number, linePercent: number) =>
  ({ points, scored, linePercent }) as HistoryEntry;

describe('reaching the line', () => {
  it('is decided in whole numbers: 57 of 100 reaches 57 percent, though its percent computes to less', () => {
    expect((57 / 100) * 100).toBeLessThan(57);
    expect(reachesLine(entry(57, 100, 57))).toBe(true);
  });

  it.each([
    [70, 100, 70, true],
    [69, 100, 70, false],
    [68, 97, 70, true],
    [67, 97, 70, false],
    [null, 97, 70, false],
  ])('%s of %s against %s percent: %s', (points, scored, line, reached) => {
    expect(reachesLine(entry(points, scored, line))).toBe(reached);
  });
});
