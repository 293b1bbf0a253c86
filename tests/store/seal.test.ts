import { describe, expect, it } from 'vitest';
import { createJournal } from '../../main/store/journal.ts';
import {
  changePastTheProgram,
  eventAt,
  FINISHED,
  journalWithSitting,
  openForTest,
  openRaw,
  RESULT,
} from '../support/database.ts';

/** A finished sitting whose file is changed past the program; whether the seal still holds, and what SQLite says. */
function sealedAfter(change: string): { sealed: boolean; integrity: unknown } {
  const { file, db, journal } = journalWithSitting();
  journal.append('s1', eventAt(2, { type: 'agreed', payload: {} }), 'request-1');
  journal.append('s1', eventAt(3, { type: 'responded', payload: { number: 1, options: ['b'] } }), 'request-2');
  journal.finish('s1', eventAt(4, FINISHED), 'request-3', RESULT);
  expect(journal.isSealed('s1')).toBe(true);
  db.close();

  changePastTheProgram(file, change);

  const again = openForTest(file);
  return {
    sealed: createJournal(again).isSealed('s1'),
    integrity: again.pragma('integrity_check', { simple: true }),
  };
}

describe('the seal of a finished sitting', () => {
  it('holds while nothing is changed', () => {
    expect(sealedAfter('')).toEqual({ sealed: true, integrity: 'ok' });
  });

  it.each([
    ['a changed answer', `UPDATE sitting_event SET payload = replace(payload, '"b"', '"a"') WHERE seq = 3`],
    ['a changed time', 'UPDATE sitting_event SET elapsed_ms = elapsed_ms - 1 WHERE seq = 3'],
    ['a changed date', 'UPDATE sitting_event SET at = at + 1 WHERE seq = 3'],
    ['a changed kind', `UPDATE sitting_event SET type = 'visited' WHERE seq = 3`],
    ['a changed request id', `UPDATE sitting_event SET request_id = 'request-9' WHERE seq = 3`],
    ['an event taken out', 'DELETE FROM sitting_event WHERE seq = 3'],
    ['an event put in', `INSERT INTO sitting_event VALUES (1, 5, NULL, 9, 9, 'attention', '{}', NULL)`],
    ['a changed seal', `UPDATE result SET seal = replace(seal, substr(seal, 1, 1), 'z')`],
  ])('breaks at %s, which SQLite’s own check passes', (_, change) => {
    expect(sealedAfter(change)).toEqual({ sealed: false, integrity: 'ok' });
  });

  it('is not there before the end', () => {
    expect(journalWithSitting().journal.isSealed('s1')).toBe(false);
  });
});

describe('a form as it was sat', () => {
  it('is refused when a key in it was changed past the program', () => {
    const { file, db, journal } = journalWithSitting();
    const hash = journal.sitting('s1')!.editionHash;
    expect(journal.edition(hash).items[0]!.key).toEqual(['a']);
    db.close();
    const raw = openRaw(file);
    raw.exec(`UPDATE form_edition SET content = replace(content, '"key":["a"]', '"key":["b"]')`);
    raw.close();
    const again = createJournal(openForTest(file));
    expect(() => again.edition(hash)).toThrow('The questions of this sitting have been changed or damaged.');
  });
});
