import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../main/failure.ts';
import { StoreError } from '../../main/store/errors.ts';
import { changed, forged, rowCounts, sitAtRandom, type OpenFile } from '../support/histories.ts';
import { failureOf, Hall } from '../support/hall.ts';
import { Dice } from '../torture/dice.ts';

function history(sittings = 2): string {
  const hall = new Hall();
  const dice = new Dice('refusals');
  for (let n = 0; n < sittings; n++) sitAtRandom(hall, dice);
  return exported(hall);
}

const exported = (hall: Hall) => hall.application.transfer.export({ format: 'json', events: true }).text;

/** Imports a file that must be refused into an empty database, and looks that it stays empty. */
function refusal(text: string, hall = new Hall()): Failure {
  const before = rowCounts(hall.db);
  const failure = failureOf(() => hall.application.transfer.import({ text }));
  expect(rowCounts(hall.db)).toEqual(before);
  return failure;
}

/** A plain sitting: agreement, an answer to question 1, the end. */
function plain(): { hall: Hall; text: string } {
  const hall = new Hall();
  const id = hall.exam();
  hall.pass(5);
  hall.act(id, { type: 'visit', number: 1 });
  hall.act(id, { type: 'respond', number: 1, options: ['a'] });
  hall.act(id, { type: 'end' });
  return { hall, text: exported(hall) };
}

const first = (file: OpenFile) => file.sittings[0]!;
/** The event of a type in the first sitting. */
const event = (file: OpenFile, type: string) => first(file).events.find((one) => one.type === type)!;

describe('a file that was changed', () => {
  it.each<[what: string, message: string | RegExp, change: (file: OpenFile) => void]>([
    [
      'an answer',
      'Sitting 1 (sitting-1), result.points: is 1, and its events give 0',
      (file) => (event(file, 'responded').payload = '{"number":1,"options":["b"]}'),
    ],
    [
      'an answer and the points',
      'seal: does not fit its events',
      (file) => {
        event(file, 'responded').payload = '{"number":1,"options":["b"]}';
        first(file).result.points = 0;
      },
    ],
    ['the points', 'result.points: is 5, and its events give 1', (file) => (first(file).result.points = 5)],
    ['the time used', 'result.elapsedMs: is 1', (file) => (first(file).result.elapsedMs = 1)],
    ['the end', 'result.finishedAt: is 7', (file) => (first(file).result.finishedAt = 7)],
    [
      'a time of an event',
      'event 4, elapsedMs: is 0, less than 5000 before it',
      (file) => (first(file).events[3]!.elapsedMs = 0),
    ],
    ['a date of an event', 'seal: does not fit', (file) => (event(file, 'responded').at += 1)],
    ['a request id', 'seal: does not fit', (file) => (event(file, 'responded').requestId = 'request-changed')],
    ['the beginning', 'startedAt: is not the time of its first event', (file) => (first(file).startedAt += 1)],
    ['the time factor', 'timeFactor: is not that of its first event', (file) => (first(file).timeFactor = 2)],
    ['the form', 'formId: is not that of the form', (file) => (first(file).formId = 'b')],
    ['the pack', 'packId: is not that of the form', (file) => (first(file).packId = 'other')],
    ['the seal', 'seal: does not fit', (file) => (first(file).seal = '0'.repeat(64))],
    ['a key', 'Form 1, hash: does not fit its questions', (file) => (file.editions[0]!.content.items[0]!.key = ['b'])],
    ['the id', 'The file has been changed: its sum does not fit', (file) => (first(file).id = 'another')],
    ['the date of the export', 'The file has been changed: its sum does not fit', (file) => (file.exportedAt += 1)],
    ['an event taken out', 'event 4, seq: is 5 where 4 should be', (file) => first(file).events.splice(3, 1)],
    ['the last event taken out', 'events: the sitting does not come to its end', (file) => first(file).events.pop()],
    ['a form taken out', 'edition: the file does not hold this form', (file) => file.editions.pop()],
    ['a form twice', 'Form 2: stands twice in the file', (file) => file.editions.push(file.editions[0]!)],
    [
      'a sitting twice',
      'Sitting 2 (sitting-1), id: stands twice in the file',
      (file) => file.sittings.push(first(file)),
    ],
    ['every sitting taken out', 'The file, sittings:', (file) => (file.sittings = [])],
    ['a field added', 'Sitting 1, admin:', (file) => Object.assign(first(file), { admin: true })],
    [
      'a field of an event missing',
      'Sitting 1, event 2, at:',
      (file) => delete (first(file).events[1] as Partial<OpenFile['sittings'][0]['events'][0]>).at,
    ],
    [
      'an event of no kind',
      'Sitting 1, event 2, type:',
      (file) => Object.assign(first(file).events[1]!, { type: 'constructor' }),
    ],
  ])('in %s is refused and named', (_, message, change) => {
    expect(refusal(changed(plain().text, change)).message).toMatch(
      typeof message === 'string' ? new RegExp(message.replaceAll(/[()[\]]/g, '\\$&')) : message,
    );
  });

  it('by a sitting taken out is refused', () => {
    const text = history(3);
    expect(refusal(changed(text, (file) => file.sittings.splice(1, 1))).message).toMatch('its sum does not fit');
  });

  it('by chance anywhere, or cut off anywhere, is refused, or is the same history', () => {
    const text = history(2);
    const hall = new Hall();
    const before = rowCounts(hall.db);
    let refused = 0;
    hall.wall = (JSON.parse(text) as OpenFile).exportedAt;
    const place = fc.integer({ min: 0, max: text.length - 1 });
    const length = fc.integer({ min: 0, max: 400 });
    const put = fc.constantFrom('', '0', '9', 'a', '"', '\\', ' ', '{', ']', ',', 'é', '\u0000');
    const kinds = {
      put: (at: number, _: number, what: string) => text.slice(0, at) + what + text.slice(at + 1),
      take: (at: number, many: number) => text.slice(0, at) + text.slice(at + many),
      repeat: (at: number, many: number) => text.slice(0, at + many) + text.slice(at),
      cut: (at: number) => text.slice(0, at),
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])),
        place,
        length,
        put,
        (kind, ...how) => {
          const edited = kinds[kind](...how);
          try {
            hall.application.transfer.import({ text: edited });
          } catch (error) {
            expect((error as Failure).code).toMatch(/^(bad-input|refused)$/);
            expect(rowCounts(hall.db)).toEqual(before);
            refused++;
            return;
          }
          // What JSON does not see may have been changed: a space between its words, a field standing twice.
          expect(JSON.stringify(JSON.parse(edited)) === JSON.stringify(JSON.parse(text))).toBe(true);
          Object.assign(before, rowCounts(hall.db));
          expect(exported(hall) === text).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(250);
  });
});

describe('a file made by someone who can compute every sum', () => {
  it('as Codehall would have written it is taken, so that what follows proves something', () => {
    const { text } = plain();
    expect(forged(text, () => {})).toBe(text);
    expect(
      new Hall().application.transfer.import({ text: forged(text, (file) => (event(file, 'responded').at += 1)) })
        .added,
    ).toBe(1);
  });

  const payload = (type: string, text: string) => (file: OpenFile) => (event(file, type).payload = text);

  it.each<[what: string, message: string, change: (file: OpenFile) => unknown]>([
    [
      'a question the form has not',
      'event 3, payload: is not possible there: This form has no question 7',
      payload('visited', '{"number":7}'),
    ],
    ['a huge number', 'event 3, payload.number', payload('visited', '{"number":4000000000}')],
    [
      'an option the question has not',
      'Question 1 has no option "f"',
      payload('responded', '{"number":1,"options":["f"]}'),
    ],
    ['two answers to a single one', 'takes one answer', payload('responded', '{"number":1,"options":["a","b"]}')],
    ['an answer twice', 'changes nothing, or is not what', payload('responded', '{"number":5,"options":["a","a"]}')],
    ['a payload that is no JSON', 'event 3, payload: is not JSON', payload('visited', '{"number":1')],
    ['a payload with spaces', 'is not written as Codehall writes it', payload('visited', '{ "number":1}')],
    [
      'a field of a payload twice',
      'is not written as Codehall writes it',
      payload('visited', '{"number":2,"number":1}'),
    ],
    [
      "a payload with a prototype's name",
      'event 3, payload.__proto__',
      payload('visited', '{"number":1,"__proto__":{"x":1}}'),
    ],
    ['a deep payload', 'event 3, payload', payload('visited', `${'['.repeat(9_000)}${']'.repeat(9_000)}`)],
    ['a long note', 'Sitting 1, event 3, payload:', payload('visited', `{"number":1,"text":"${'x'.repeat(30_000)}"}`)],
    [
      'a first event that is no start',
      'event 1, type: is "agreed"',
      (file) => {
        first(file).events.shift();
        first(file).events.forEach((one, index) => (one.seq = index + 1));
      },
    ],
    [
      'an event after the end',
      'stands after the end',
      (file) =>
        first(file).events.push({
          ...first(file).events[1]!,
          type: 'interrupted',
          payload: '{"cause":"left","awayMs":1}',
          seq: first(file).events.length + 1,
          elapsedMs: 9e6,
          requestId: null,
        }),
    ],
    [
      'a second agreement',
      'The agreement was accepted before',
      (file) => Object.assign(event(file, 'visited'), { type: 'agreed', payload: '{}' }),
    ],
    [
      'the end of a time that is not limited',
      'payload.cause: cannot be "agreement-time" here',
      (file) => {
        payload('finished', '{"cause":"agreement-time"}')(file);
        first(file).result.cause = 'agreement-time';
      },
    ],
    ['a date beyond all dates', 'Sitting 1, event 1, at:', (file) => (first(file).events[0]!.at = 9e15)],
    ['an id with a path', 'Sitting 1, id:', (file) => (first(file).id = '../../x')],
    [
      'a mark of a question the form has not',
      'missMarks: the form has no question 9',
      (file) => first(file).missMarks.push({ number: 9, tags: [], note: '', at: 1 }),
    ],
    [
      'two marks of a question',
      'missMarks: has two',
      (file) =>
        first(file).missMarks.push({ number: 1, tags: [], note: '', at: 1 }, { number: 1, tags: [], note: '', at: 1 }),
    ],
    [
      'tags that are markup',
      'Sitting 1, miss mark 1, tags',
      (file) => first(file).missMarks.push({ number: 1, tags: ['<b>' as 'time'], note: '', at: 1 }),
    ],
    [
      'a tag that is not known',
      'Sitting 1, miss mark 2, tags.1: Invalid type: Expected ("knowledge" | "misread" |',
      (file) =>
        first(file).missMarks.push(
          { number: 1, tags: [], note: '', at: 1 },
          { number: 2, tags: ['time', 'code-book' as 'time'], note: '', at: 1 },
        ),
    ],
    [
      'a tag twice',
      'Sitting 1, miss mark 1, tags: must name each tag once',
      (file) => first(file).missMarks.push({ number: 1, tags: ['time', 'time'], note: '', at: 1 }),
    ],
    [
      'a form with a longer text',
      'Form 1, items.0.stem:',
      (file) => (file.editions[0]!.content.items[0]!.stem = 'x'.repeat(6001)),
    ],
    [
      'a form with an unknown field',
      'Form 1, items.1.html:',
      (file) => Object.assign(file.editions[0]!.content.items[1]!, { html: '<b>' }),
    ],
    [
      'a form with an area of no outline',
      'Form 1, item one, area: "nowhere" is no area',
      (file) => (file.editions[0]!.content.items[0]!.area = 'nowhere'),
    ],
    ['a form with an item twice', 'stands twice', (file) => (file.editions[0]!.content.items[1]!.id = 'one')],
    [
      'a form without a scored item',
      'must hold a scored item',
      (file) => file.editions[0]!.content.items.forEach((item) => (item.scored = false)),
    ],
    [
      'a form whose scenario is missing',
      'item three, scenario: names "stay"',
      (file) => (file.editions[0]!.content.scenarios = []),
    ],
    [
      'a form with spaces around a text',
      'has spaces around a text',
      (file) => (file.editions[0]!.content.form.title = ' Form A'),
    ],
    ['a form of another format', 'Form 1, format:', (file) => Object.assign(file.editions[0]!.content, { format: 2 })],
  ])('with %s is refused', (_, message, change) => {
    expect(refusal(forged(plain().text, (file) => void change(file))).message).toContain(message);
  });

  it('reaches no prototype', () => {
    const { text } = plain();
    for (const name of ['__proto__', 'constructor', 'toString'])
      for (const at of ['{"format"', '{"hash"', '{"a":"RATIONALE', '{"id":"one"', '{"id":"sitting-1"', '{"seq"'])
        refusal(text.replace(at, `{"${name}":{"polluted":true},${at.slice(1)}`));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a file that is something else', () => {
  it.each([
    ['nothing', '', 'The file is cut off, or it is no JSON.'],
    ['a word', '"history"', 'This is not a history of Codehall.'],
    ['null', 'null', 'This is not a history of Codehall.'],
    ['a list', '[]', 'This is not a history of Codehall.'],
    ['a pack', '{"format":1,"id":"small"}', 'This is not a history of Codehall.'],
    ['a deep one', '['.repeat(1_000_000), 'The file nests deeper than 24 levels.'],
  ])('is refused: %s', (_, text, message) => {
    expect(refusal(text).message).toBe(message);
  });

  it('is refused as results, with what to do', () => {
    const { hall } = plain();
    const { text } = hall.application.transfer.export({ format: 'json', events: false });
    expect(refusal(text).message).toMatch(/holds results only.*as JSON with every event/);
    const csv = hall.application.transfer.export({ format: 'csv', events: false }).text;
    expect(refusal(csv).message).toBe('The file is cut off, or it is no JSON.');
  });

  it('is refused as one of a newer Codehall', () => {
    const text = changed(plain().text, (file) => (file.version = 2));
    expect(refusal(text).message).toMatch('written by a newer Codehall (version 2 of the file, this one reads 1)');
  });
});

describe('a file that contradicts what is here', () => {
  it('is refused where a sitting of its id has other events', () => {
    const { hall, text } = plain();
    const other = forged(text, (file) => (event(file, 'responded').at += 1));
    const failure = refusal(other, hall);
    expect([failure.code, failure.message]).toEqual([
      'refused',
      'Sitting 1 (sitting-1) is here already with other events.',
    ]);
  });

  it('is refused where that sitting is unfinished', () => {
    const here = new Hall();
    const { sittingId } = here.start();
    const { text } = plain();
    expect(refusal(text, here).message).toMatch('is here already with its end still to come.');
    here.application.history.discard({ sittingId });
    expect(refusal(text, here).message).toMatch('with its end still to come, and discarded.');
  });

  it('is refused where a request was recorded in another sitting', () => {
    const { hall, text } = plain();
    const other = forged(text, (file) => (first(file).id = 'another'));
    const failure = refusal(other, hall);
    expect([failure.code, failure.message]).toEqual([
      'refused',
      'Sitting 1 (another), event 2, requestId: belongs to another sitting here.',
    ]);
  });

  it('is refused where a request stands in two of its sittings', () => {
    const text = forged(plain().text, (file) => file.sittings.push({ ...first(file), id: 'another' }));
    expect(refusal(text).message).toBe('Sitting 2 (another), event 2, requestId: stands twice in the file.');
  });
});

it('what cannot be written is not half written', () => {
  const hall = new Hall();
  const text = history(3);
  const before = rowCounts(hall.db);
  hall.db.exec(`CREATE TEMP TRIGGER full BEFORE INSERT ON result WHEN NEW.sitting_no = 2
    BEGIN SELECT RAISE (ABORT, 'full'); END`);
  expect(() => hall.application.transfer.import({ text })).toThrow('full');
  expect(rowCounts(hall.db)).toEqual(before);
  hall.db.exec('DROP TRIGGER full');
  hall.db.pragma('query_only = ON');
  expect(() => hall.application.transfer.import({ text })).toThrow(StoreError);
  hall.db.pragma('query_only = OFF');
  expect(hall.application.transfer.import({ text }).added).toBe(3);
});
