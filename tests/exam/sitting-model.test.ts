import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SittingEvent } from '../../main/exam/events.ts';
import { apply, begin, decide, fold, type SittingState } from '../../main/exam/sitting.ts';
import { journalOf } from '../support/journals.ts';
import { asModel, Model, someCommands } from '../support/model.ts';
import { edition } from '../support/pack.ts';

const form = edition();

it('does with any commands what a slow, obvious model does, and folds to the same state', () => {
  let allowed = 0;
  let refused = 0;
  fc.assert(
    fc.property(someCommands, (commands) => {
      const model = new Model();
      const events: SittingEvent[] = journalOf([]);
      let state: SittingState = begin(form, events[0]!);
      for (const command of commands) {
        const decision = decide(form, state, command);
        expect(decision.ok).toBe(model.run(command));
        if (decision.ok) allowed++;
        else refused++;
        if (decision.ok && decision.fact) {
          const event = {
            ...decision.fact,
            seq: state.seq + 1,
            elapsedMs: state.seq * 10,
            at: state.seq,
          } as SittingEvent;
          events.push(event);
          state = apply(state, event);
        }
        expect(asModel(state)).toEqual({ ...model });
      }
      expect(fold(form, JSON.parse(JSON.stringify(events)) as SittingEvent[])).toEqual(state);
    }),
    { numRuns: 300 },
  );
  // The commands reach both sides; otherwise this would prove nothing.
  expect(allowed).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
});
