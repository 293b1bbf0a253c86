/**
 * A past: many finished sittings, as the program would have left them. Written straight into the tables in one transaction,
 * with every CRC and seal right, so that ten thousand of them take seconds; past.test.ts holds it to the full check.
 */
import type { Application } from '../../main/application.ts';
import type { TimeFactor } from '../../main/exam/clock.ts';
import { freezeForm, type FormEdition } from '../../main/exam/edition.ts';
import type { SittingFact, SittingSettings } from '../../main/exam/events.ts';
import type { Item } from '../../main/exam/pack.ts';
import { resultOf } from '../../main/exam/scoring.ts';
import { hashEdition } from '../../main/store/journal.ts';
import type { Db } from '../../main/store/open.ts';
import { crcOfEvent, crcOfSitting, sealOf, signed, type EventRow } from '../../main/store/seal.ts';
import { Dice } from '../torture/dice.ts';
import { soundPack } from './pack.ts';

export interface Past {
  /** Forms as sat, in turn. */
  editions: readonly FormEdition[];
  sittings: number;
  seed?: string;
  /** When the first sitting began, ms since 1970. */
  from?: number;
  /** From the beginning of one sitting to that of the next, ms. */
  everyMs?: number;
  /** Share of answers that are right in the first sitting and in the last; in between it moves evenly. */
  right?: readonly [first: number, last: number];
  /** How many end at their agreement, unscored. */
  declined?: number;
  /** Begins the sittings' ids. */
  prefix?: string;
}

const HOUR_MS = 3_600_000;

/** Every 8 hours, it reaches over nine years with ten thousand sittings. */
const DEFAULTS = { seed: 'past', everyMs: 8 * HOUR_MS, right: [0.5, 0.82], declined: 0.02, prefix: 'past' } as const;

/** Adds a past to an open database. @returns the ids of its sittings, oldest first. */
export function addPast(db: Db, past: Past): string[] {
  const { editions, sittings, seed, everyMs, right, declined, prefix } = { ...DEFAULTS, ...past };
  const from = past.from ?? Date.UTC(2026, 10, 1) - sittings * everyMs;
  const dice = new Dice(seed);
  const write = writer(db);
  const forms = editions.map((edition) => ({ edition, hash: hashEdition(edition) }));
  const ids: string[] = [];
  db.transaction(() => {
    for (const { edition, hash } of forms) write.edition(edition, hash);
    for (let index = 0; index < sittings; index++) {
      const { edition, hash } = forms[index % forms.length]!;
      const ability = right[0] + ((right[1] - right[0]) * index) / Math.max(1, sittings - 1);
      const settings: SittingSettings = {
        order: 'front-to-back',
        timeFactor: dice.weighted<TimeFactor>([
          [8, 1],
          [1, 1.5],
          [1, null],
        ]),
        proctored: dice.chance(0.5),
        candidate: 'Ada',
      };
      const id = `${prefix}-${index + 1}`;
      const startedAt = from + index * everyMs;
      write.sitting(id, edition, hash, startedAt, factsOf(dice, edition, settings, ability, dice.chance(declined)));
      ids.push(id);
    }
  })();
  return ids;
}

/** Computes the outcomes of all sittings through the application, in few transactions. */
export function countPast({ outcomes }: Pick<Application, 'outcomes'>, db: Db): void {
  const some = db.transaction(() => outcomes.catchUp(500));
  while (!some());
}

/** Form A of the small pack, a form B with its items the other way round, and form A of another exam. */
export function smallForms(): FormEdition[] {
  const b = { id: 'b', title: 'Form B', items: ['six', 'five', 'four', 'three', 'two', 'one'] };
  const both = soundPack((parts) => parts.forms.push(b));
  const other = soundPack(({ info }) => Object.assign(info, { id: 'other', exam: { ...info.exam, code: 'OTH' } }));
  return [freezeForm(both, 'a'), freezeForm(both, 'b'), freezeForm(other, 'a')];
}

/** A fact and the charged time of its phase at which it happened, ms. */
type Timed = readonly [elapsedMs: number, fact: SittingFact];

function factsOf(
  dice: Dice,
  { items, blueprint }: FormEdition,
  settings: SittingSettings,
  ability: number,
  declines: boolean,
): Timed[] {
  const facts: Timed[] = [[0, { type: 'started', payload: { settings } }]];
  if (declines) return [...facts, [9_000, { type: 'finished', payload: { cause: 'declined' } }]];
  facts.push([20_000, { type: 'agreed', payload: {} }]);
  const expected = items.reduce((sum, { seconds }) => sum + seconds, 0);
  // The whole of it takes four fifths of the time, more or less.
  const paceMs = ((blueprint.minutes * 60_000) / expected) * dice.real(0.6, 0.98);
  let elapsed = 0;
  items.forEach((item, index) => {
    const number = index + 1;
    const spent = Math.round(item.seconds * paceMs * dice.real(0.5, 1.02));
    const at = (share: number) => elapsed + Math.round(spent * share);
    const strayed = wrong(dice, item);
    const chosen = dice.chance(ability) ? [...item.key] : strayed;
    facts.push([at(0), { type: 'visited', payload: { number } }]);
    // Now and then the end of a question is never scrolled to.
    if (number % 23 !== 0) facts.push([at(0.3), { type: 'read', payload: { number } }]);
    if (dice.chance(0.08)) facts.push([at(0.5), { type: 'flagged', payload: { number, on: true } }]);
    if (dice.chance(0.06) && strayed.join() !== chosen.join())
      facts.push([at(0.7), { type: 'responded', payload: { number, options: strayed } }]);
    if (!dice.chance(0.01)) facts.push([at(0.9), { type: 'responded', payload: { number, options: chosen } }]);
    const out = item.options.find(({ id }) => !chosen.includes(id) && dice.chance(0.1));
    if (out) facts.push([at(0.95), { type: 'struck', payload: { number, option: out.id, on: true } }]);
    elapsed += spent;
  });
  return [...facts, [elapsed, { type: 'finished', payload: { cause: 'candidate' } }]];
}

/** As many options as the item asks for, not all of them right, in option order. */
function wrong(dice: Dice, { options, key }: Item): string[] {
  const given = dice.pick(options.filter(({ id }) => !key.includes(id))).id;
  const chosen = [given, ...key.slice(1)];
  return options.map(({ id }) => id).filter((id) => chosen.includes(id));
}

function writer(db: Db) {
  const insertEdition = db.prepare(
    'INSERT OR IGNORE INTO form_edition (hash, content, exam_code, title, line_percent) VALUES (?, ?, ?, ?, ?)',
  );
  const insertSitting = db.prepare(
    'INSERT INTO sitting (id, edition_hash, pack_id, form_id, started_at, time_factor) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertEvent = db.prepare(
    'INSERT INTO sitting_event (sitting_no, seq, request_id, elapsed_ms, at, type, payload, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertResult = db.prepare(
    'INSERT INTO result (sitting_no, finished_at, cause, elapsed_ms, points, scored, seal) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    edition(edition: FormEdition, hash: string): void {
      const { pack, form, blueprint } = edition;
      insertEdition.run(hash, JSON.stringify(edition), pack.exam.code, form.title, blueprint.line.percent);
    },

    sitting(id: string, edition: FormEdition, hash: string, started_at: number, facts: readonly Timed[]): void {
      const [, first] = facts[0]!;
      const time_factor = first.type === 'started' ? first.payload.settings.timeFactor : null;
      const row = {
        id,
        pack_id: edition.pack.id,
        form_id: edition.form.id,
        edition_hash: hash,
        started_at,
        time_factor,
      };
      const no = insertSitting.run(id, hash, row.pack_id, row.form_id, started_at, time_factor).lastInsertRowid;
      let crc = crcOfSitting(row);
      let began = started_at;
      const responses: (readonly string[])[] = edition.items.map(() => []);
      const rows = facts.map(([elapsed_ms, { type, payload }], index): EventRow => {
        if (type === 'responded') responses[payload.number - 1] = payload.options;
        const request_id = index === 0 ? null : `${id}-request-${index + 1}`;
        const at = began + elapsed_ms;
        // The clock of the questions starts anew when the agreement is accepted.
        if (type === 'agreed') began = at;
        const event = { seq: index + 1, request_id, elapsed_ms, at, type, payload: JSON.stringify(payload) };
        crc = crcOfEvent(event, crc);
        insertEvent.run(no, event.seq, request_id, elapsed_ms, at, type, event.payload, signed(crc));
        return { ...event, crc: signed(crc) };
      });
      const [elapsedMs, last] = facts.at(-1)!;
      if (last.type !== 'finished') throw new TypeError('a past holds finished sittings only');
      const { at } = rows.at(-1)!;
      const result = resultOf(edition, responses, { cause: last.payload.cause, at }, elapsedMs);
      const { finishedAt, cause, points, scored } = result;
      insertResult.run(no, finishedAt, cause, result.elapsedMs, points, scored, sealOf(rows));
    },
  };
}
