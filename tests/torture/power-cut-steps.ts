/**
 * What the program does until the power fails: three sittings over two starts, one of them with notes long enough that
 * the log is written back into the database several times. The same steps each time, so that it is known what must be there.
 */
import type { FormEdition } from '../../main/exam/edition.ts';
import type { SittingEvent, SittingFact } from '../../main/exam/events.ts';
import { resultOf } from '../../main/exam/scoring.ts';
import { fold } from '../../main/exam/sitting.ts';
import { hashEdition, type Heartbeat, type Journal } from '../../main/store/journal.ts';
import { FORM_ID, PACK_ID } from '../support/pack.ts';

const BEAT_EVERY = 25;
const START = Date.UTC(2026, 10, 22, 12);

/** One thing that is durable as a whole or not at all; told to the outside once it is. */
export type Step =
  | { kind: 'open' | 'close' }
  | { kind: 'event'; sittingId: string; event: SittingEvent; requestId: string | null }
  | { kind: 'beat'; sittingId: string; beat: Heartbeat };

/** Of the sitting in which the log is left to fill; in the others it is emptied after each step. */
export const FILLS_THE_LOG = 'long';

/** All steps, in order. @param notes of the long sitting; about 100 fill the log once. */
export function plannedSteps(notes: number): Step[] {
  const steps: Step[] = [{ kind: 'open' }];
  sit(steps, 'short', shortSitting(), true);
  steps.push({ kind: 'close' }, { kind: 'open' });
  sit(steps, FILLS_THE_LOG, longSitting(notes), true);
  sit(steps, 'unfinished', longSitting(notes / 10), false);
  steps.push({ kind: 'close' });
  return steps;
}

/** Does a step on an open journal. */
export function perform(journal: Journal, edition: FormEdition, step: Exclude<Step, { kind: 'open' | 'close' }>): void {
  const { sittingId } = step;
  if (step.kind === 'beat') return journal.beat(sittingId, step.beat);
  const { event, requestId } = step;
  if (event.type === 'started') {
    const { timeFactor } = event.payload.settings;
    const editionHash = hashEdition(edition);
    const sitting = { id: sittingId, packId: PACK_ID, formId: FORM_ID, editionHash, startedAt: event.at, timeFactor };
    journal.start(sitting, edition, event);
  } else if (event.type === 'finished') {
    const { items } = fold(edition, journal.events(sittingId));
    const responses = items.map(({ response }) => response);
    const end = { cause: event.payload.cause, at: event.at };
    journal.finish(sittingId, event, requestId, resultOf(edition, responses, end, event.elapsedMs));
  } else journal.append(sittingId, event, requestId);
}

function sit(steps: Step[], sittingId: string, facts: readonly SittingFact[], finish: boolean): void {
  const end: SittingFact[] = finish ? [{ type: 'finished', payload: { cause: 'candidate' } }] : [];
  let at = START;
  [...facts, ...end].forEach((fact, index) => {
    const seq = index + 1;
    at += 1000;
    const event: SittingEvent = { ...fact, seq, elapsedMs: index * 900, at };
    steps.push({ kind: 'event', sittingId, event, requestId: index === 0 ? null : `${sittingId}-request-${seq}` });
    if (seq % BEAT_EVERY === 0)
      steps.push({
        kind: 'beat',
        sittingId,
        beat: { seq, elapsedMs: index * 900 + 450, at: at + 500, leftHall: false },
      });
  });
}

function shortSitting(): SittingFact[] {
  return [
    {
      type: 'started',
      payload: { settings: { order: 'front-to-back', timeFactor: 2, proctored: true, candidate: 'Ada' } },
    },
    { type: 'agreed', payload: {} },
    ...[1, 2, 3].flatMap((number): SittingFact[] => [
      { type: 'visited', payload: { number } },
      { type: 'responded', payload: { number, options: ['b'] } },
      { type: 'struck', payload: { number, option: 'a', on: true } },
      { type: 'flagged', payload: { number, on: true } },
    ]),
  ];
}

function longSitting(notes: number): SittingFact[] {
  const facts = shortSitting();
  for (let note = 0; note < notes; note++) {
    const number = 1 + (note % 6);
    const text = `note ${note} `.repeat(100 + ((note * 37) % 200));
    facts.push(
      { type: 'visited', payload: { number } },
      { type: 'responded', payload: { number, options: [['a', 'b', 'c', 'd'][note % 4]!] } },
      { type: 'noted', payload: { number, text } },
    );
  }
  return facts;
}
