import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fold } from '../../main/exam/sitting.ts';
import { Failure } from '../../main/failure.ts';
import { Hall } from '../support/hall.ts';
import { asModel, Model, someCommands } from '../support/model.ts';

it('holds after any commands what the model holds, and the same again from the journal after a crash', () => {
  const hall = new Hall();
  fc.assert(
    fc.property(someCommands, (commands) => {
      const model = new Model();
      const { sittingId } = hall.start();
      for (const command of commands) {
        hall.pass(1);
        const allowed = model.run(command);
        try {
          hall.act(sittingId, command);
          expect(allowed).toBe(true);
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          expect(allowed).toBe(false);
        }
      }
      const events = hall.journal.events(sittingId);
      expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
      const { editionHash } = hall.journal.sitting(sittingId)!;
      expect(asModel(fold(hall.journal.edition(editionHash), events))).toEqual({ ...model });
      if (model.phase === 'finished') return;

      const before = hall.sittings.openSitting({ sittingId });
      hall.crash();
      const after = hall.sittings.openSitting({ sittingId });
      expect({ ...after, clock: null }).toEqual({ ...before, clock: null });
      expect(before.clock.elapsedMs - after.clock.elapsedMs).toBeGreaterThanOrEqual(0);
      expect(before.clock.elapsedMs - after.clock.elapsedMs).toBeLessThan(5000);
    }),
    { numRuns: 25 },
  );
});
