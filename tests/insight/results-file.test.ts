import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from '../../main/insight/csv.ts';
import { resultsCsv, resultsJson, type ResultRow } from '../../main/insight/results-file.ts';

/** Reads CSV by the letter of RFC 4180, a character at a time. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quoted && char === '"' && text[at + 1] === '"') cell += text[++at];
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ',') {
      row.push(cell);
      cell = '';
    } else if (!quoted && char === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at++;
    } else cell += char;
  }
  return rows;
}

const ROW: ResultRow = {
  sittingId: 's1',
  packId: 'small',
  formId: 'a',
  examCode: 'SML',
  formTitle: 'Form A, "first"',
  startedAt: Date.UTC(2026, 10, 22, 12),
  finishedAt: Date.UTC(2026, 10, 22, 15, 4, 5),
  cause: 'time',
  elapsedMs: 6_000_400,
  timeFactor: 1.5,
  points: 7,
  scored: 11,
  linePercent: 70,
  areas: [
    { outline: 'current', id: 'surgery', title: 'Surgery', points: 4, scored: 6 },
    { outline: 'current', id: 'few', title: 'Few', points: 4, scored: 4 },
    { outline: 'classic', id: 'all', title: 'All', points: 7, scored: 11 },
  ],
};
const UNSCORED: ResultRow = {
  ...ROW,
  sittingId: 's2',
  examCode: 'ABC',
  cause: 'declined',
  points: null,
  timeFactor: null,
  areas: [],
};

describe('a table as CSV', () => {
  it('reads back as it was, whatever stands in its cells', () => {
    // A text that begins as a formula comes back with an apostrophe.
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('a"b', 'a,b', 'a\r\nb', '', '"', 'ü–€'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const text = csv(rows);
        expect(text[0]).toBe('\ufeff');
        expect(readCsv(text.slice(1))).toEqual(
          rows.map((row) => row.map((one) => (/^[=+\-@\t\r\n＝＋－＠]/.test(one) ? `'${one}` : one))),
        );
      }),
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '=HYPERLINK("http://x","y")'])(
    'has no formula in it: %j',
    (text) => {
      const [[cell]] = readCsv(csv([[text, 1]]).slice(1)) as [[string]];
      expect(cell).toBe(`'${text}`);
    },
  );

  it('leaves numbers as they are, and what is not there empty', () => {
    expect(csv([[-1, 2.5, null, 'x']])).toBe('\ufeff-1,2.5,,x\r\n');
  });
});

describe('results', () => {
  it('as CSV are one row a sitting, with the percent of each area that can be told', () => {
    const [head, first, second, ...more] = readCsv(resultsCsv([ROW, UNSCORED]).slice(1));
    expect(more).toEqual([]);
    expect(head!.slice(-2)).toEqual(['SML: Surgery (percent)', 'SML: Few (percent)']);
    const named = (row: string[]) => Object.fromEntries(head!.map((title, index) => [title, row[index]]));
    expect(named(first!)).toMatchObject({
      Sitting: 's1',
      Exam: 'SML',
      Form: 'Form A, "first"',
      'Started (UTC)': '2026-11-22 12:00:00',
      'Ended (UTC)': '2026-11-22 15:04:05',
      'How it ended': 'time ran out',
      'Time used (s)': '6000',
      'Time factor': '1.5',
      Points: '7',
      'Scored questions': '11',
      Percent: '63.6',
      'Line (percent)': '70',
      'Reaches the line': 'no',
      'SML: Surgery (percent)': '66.7',
      'SML: Few (percent)': '',
    });
    expect(named(second!)).toMatchObject({ 'Time factor': 'untimed', Points: '', Percent: '', 'Reaches the line': '' });
    expect(second).toHaveLength(head!.length);
  });

  it('as JSON have points and questions by area, and say that they cannot be imported', () => {
    const file = JSON.parse(resultsJson([ROW, UNSCORED], 5)) as { about: string; sittings: unknown[] };
    expect(file).toMatchObject({ format: 'codehall-results', version: 1, exportedAt: 5 });
    expect(file.about).toContain('cannot be imported');
    expect(file.sittings).toEqual([
      { ...ROW, reachesLine: false },
      { ...UNSCORED, reachesLine: null },
    ]);
  });
});
