/** Results of sittings as files for other programs: a spreadsheet, or one that reads JSON. */
import type { FinishCause } from '../exam/events.ts';
import { RESULTS_FORMAT } from '../exam/history-file.ts';
import type { OutlineName } from '../exam/pack.ts';
import { MIN_ITEMS_FOR_PERCENT } from '../exam/scoring.ts';
import { csv, type Cell } from './csv.ts';

/** A row of the history with its areas. */
export interface ResultRow {
  sittingId: string;
  packId: string;
  formId: string;
  examCode: string;
  formTitle: string;
  /** ms since 1970. */
  startedAt: number;
  finishedAt: number;
  cause: FinishCause;
  elapsedMs: number;
  /** `null` when untimed. */
  timeFactor: number | null;
  /** `null` when unscored. */
  points: number | null;
  scored: number;
  linePercent: number;
  /** In the order of the outline; none where unscored. */
  areas: AreaResult[];
}

export interface AreaResult {
  outline: OutlineName;
  id: string;
  title: string;
  points: number;
  scored: number;
}

const CAUSES: Record<FinishCause, string> = {
  candidate: 'ended by the candidate',
  time: 'time ran out',
  declined: 'agreement declined',
  'agreement-time': 'time for the agreement ran out',
};

const COLUMNS: readonly [title: string, cell: (row: ResultRow) => Cell][] = [
  ['Sitting', (row) => row.sittingId],
  ['Exam', (row) => row.examCode],
  ['Form', (row) => row.formTitle],
  ['Pack', (row) => row.packId],
  ['Form id', (row) => row.formId],
  ['Started (UTC)', (row) => dateTime(row.startedAt)],
  ['Ended (UTC)', (row) => dateTime(row.finishedAt)],
  ['How it ended', (row) => CAUSES[row.cause]],
  ['Time used (s)', (row) => Math.round(row.elapsedMs / 1000)],
  ['Time factor', (row) => row.timeFactor ?? 'untimed'],
  ['Points', (row) => row.points],
  ['Scored questions', (row) => row.scored],
  ['Percent', (row) => (row.points === null ? null : percent(row.points, row.scored))],
  ['Line (percent)', (row) => row.linePercent],
  ['Reaches the line', (row) => (row.points === null ? null : reachesLine(row) ? 'yes' : 'no')],
];

/**
 * One row per sitting. After the columns of the history comes one for each area of each exam's current outline, its
 * percent; it is empty where the form holds fewer than {@link MIN_ITEMS_FOR_PERCENT} scored questions of the area, as in
 * the report.
 */
export function resultsCsv(rows: readonly ResultRow[]): string {
  const exams = [...new Set(rows.map(({ examCode }) => examCode))].sort();
  const columns = new Map<string, string>();
  for (const exam of exams)
    for (const { examCode, areas } of rows)
      for (const { outline, id, title } of examCode === exam ? areas : [])
        if (outline === 'current') columns.set(areaKey(exam, id), `${exam}: ${title} (percent)`);
  const keys = [...columns.keys()];
  const head = [...COLUMNS.map(([title]) => title), ...columns.values()];
  return csv([head, ...rows.map((row) => [...COLUMNS.map(([, cell]) => cell(row)), ...areaCells(row, keys)])]);
}

/** All results with their areas. It has no events and says that it cannot be imported. @param exportedAt ms since 1970. */
export function resultsJson(rows: readonly ResultRow[], exportedAt: number): string {
  const head = JSON.stringify({
    format: RESULTS_FORMAT,
    version: 1,
    about: 'Results of sittings in Codehall, for other programs. Without their events they cannot be imported again.',
    times: 'startedAt, finishedAt and exportedAt in ms since 1970 (UTC), elapsedMs in ms of charged time',
    exportedAt,
  });
  const lines = rows.map((row) =>
    JSON.stringify({ ...row, reachesLine: row.points === null ? null : reachesLine(row) }),
  );
  return `${head.slice(0, -1)},\n"sittings":[\n${lines.join(',\n')}\n]}\n`;
}

function areaCells({ examCode, areas }: ResultRow, keys: readonly string[]): Cell[] {
  const own = new Map(
    areas.filter(({ outline }) => outline === 'current').map((area) => [areaKey(examCode, area.id), area]),
  );
  return keys.map((key) => {
    const area = own.get(key);
    return area && area.scored >= MIN_ITEMS_FOR_PERCENT ? percent(area.points, area.scored) : null;
  });
}

function areaKey(examCode: string, id: string): string {
  return `${examCode} ${id}`;
}

/** To a tenth. */
function percent(points: number, of: number): number {
  return Math.round((points / of) * 1000) / 10;
}

function reachesLine({ points, scored, linePercent }: ResultRow): boolean {
  return points !== null && points * 100 >= linePercent * scored;
}

/** `2026-11-22 15:04:05`, which spreadsheets read as a date. @param at ms since 1970. */
function dateTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
