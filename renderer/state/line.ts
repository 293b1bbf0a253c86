/** Whether a scored sitting reached the line; in whole numbers, as main decides it, since a percent may round the wrong way. */
import type { HistoryEntry } from '../../main/contract.ts';

export function reachesLine({ points, scored, linePercent }: HistoryEntry): boolean {
  return points !== null && points * 100 >= linePercent * scored;
}
