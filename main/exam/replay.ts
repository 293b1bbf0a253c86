/** Events of unknown origin, held against the rules of a sitting: each must be one that a candidate could have caused. */
import { phaseLimitMs, apply, begin, decide, type SittingCommand, type SittingState } from './sitting.ts';
import type { FormEdition } from './edition.ts';
import type { SittingEvent, SittingFact } from './events.ts';

export type Replayed = { ok: true; state: SittingState } | { ok: false; seq: number; field: string; message: string };

/**
 * Folds a journal as `fold` does, but decides each event anew by the state before it. An event that the rules would
 * have refused or recorded differently ends it, so that the fold never meets a number or an option that is not there.
 */
export function replay(edition: FormEdition, events: readonly SittingEvent[]): Replayed {
  let state: SittingState | null = null;
  for (const [index, event] of events.entries()) {
    const wrong = wrongWith(edition, state, event, index + 1);
    if (wrong) return { ok: false, seq: index + 1, ...wrong };
    state = state ? apply(state, event) : begin(edition, event);
  }
  if (!state) return { ok: false, seq: 1, field: 'type', message: 'is missing: the sitting has no event' };
  return { ok: true, state };
}

interface Wrong {
  field: string;
  message: string;
}

function wrongWith(edition: FormEdition, state: SittingState | null, event: SittingEvent, seq: number): Wrong | null {
  if (event.seq !== seq) return { field: 'seq', message: `is ${event.seq} where ${seq} should be` };
  if (!state) {
    if (event.type !== 'started')
      return { field: 'type', message: `is "${event.type}"; a sitting begins with "started"` };
    return event.elapsedMs === 0 ? null : { field: 'elapsedMs', message: 'must be 0 at the start' };
  }
  if (state.finished) return { field: 'type', message: 'stands after the end of the sitting' };
  if (event.elapsedMs < state.elapsedMs)
    return { field: 'elapsedMs', message: `is ${event.elapsedMs}, less than ${state.elapsedMs} before it` };
  return wrongByRules(edition, state, event);
}

function wrongByRules(edition: FormEdition, state: SittingState, event: SittingEvent): Wrong | null {
  if (event.type === 'started') return { field: 'type', message: 'is "started"; a sitting starts once' };
  // These two come from the clock, not from a command.
  if (event.type === 'interrupted') return null;
  if (event.type === 'finished' && (event.payload.cause === 'time' || event.payload.cause === 'agreement-time')) {
    const fits = (event.payload.cause === 'time') === (state.phase === 'exam') && phaseLimitMs(edition, state) !== null;
    return fits ? null : { field: 'payload.cause', message: `cannot be "${event.payload.cause}" here` };
  }
  const decision = decide(edition, state, commandOf(event));
  if (!decision.ok) return { field: 'payload', message: `is not possible there: ${decision.refusal.message}` };
  // Both are plain data made in one order of their fields.
  if (decision.fact === null || JSON.stringify(decision.fact.payload) !== JSON.stringify(event.payload))
    return { field: 'payload', message: 'changes nothing, or is not what the rules would have recorded' };
  return null;
}

type Commanded = Exclude<SittingFact, { type: 'started' | 'interrupted' }>;

/** The command that leads to a fact. */
function commandOf(fact: Commanded): SittingCommand {
  switch (fact.type) {
    case 'agreed':
      return { type: 'agree' };
    case 'visited':
      return { type: 'visit', ...fact.payload };
    case 'responded':
      return { type: 'respond', ...fact.payload };
    case 'struck':
      return { type: 'strike', ...fact.payload };
    case 'flagged':
      return { type: 'flag', ...fact.payload };
    case 'noted':
      return { type: 'note', ...fact.payload };
    case 'highlighted':
      return { type: 'highlight', ...fact.payload };
    case 'read':
      return { type: 'read', ...fact.payload };
    case 'attention':
      return { type: 'attend', ...fact.payload };
    case 'finished':
      return { type: fact.payload.cause === 'declined' ? 'decline' : 'end' };
  }
}
