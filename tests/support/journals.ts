/** Journals written by hand, for the pure parts. */
import type { FormEdition } from '../../main/exam/edition.ts';
import type { SittingEvent, SittingFact, SittingSettings } from '../../main/exam/events.ts';
import { decide, fold, type SittingCommand, type SittingState } from '../../main/exam/sitting.ts';

export const SETTINGS: SittingSettings = { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: '' };

/** A fact and the charged second of its phase at which it happened. */
export type Timed = readonly [seconds: number, fact: SittingFact];

/** A journal of `started` and the given facts. */
export function journalOf(timed: readonly Timed[], settings: Partial<SittingSettings> = {}): SittingEvent[] {
  const first: Timed = [0, { type: 'started', payload: { settings: { ...SETTINGS, ...settings } } }];
  return [first, ...timed].map(([seconds, fact], index) => ({
    ...fact,
    seq: index + 1,
    elapsedMs: seconds * 1000,
    at: 1_000_000 + index,
  }));
}

export const AGREED: Timed = [30, { type: 'agreed', payload: {} }];

/** The state of a sitting whose agreement is accepted, after the given facts. */
export function examState(form: FormEdition, ...facts: SittingFact[]): SittingState {
  return fold(form, journalOf([AGREED, ...facts.map((fact, index): Timed => [index + 1, fact])]));
}

/** The fact a command is decided to be; fails when it is refused. */
export function factOf(form: FormEdition, state: SittingState, command: SittingCommand): SittingFact | null {
  const decision = decide(form, state, command);
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.message}`);
  return decision.fact;
}

/** The code a command is refused with, `null` when it is not. */
export function refusalOf(form: FormEdition, state: SittingState, command: SittingCommand): string | null {
  const decision = decide(form, state, command);
  return decision.ok ? null : decision.refusal.code;
}
