/** A data folder as it is after some weeks: sittings of both exams, marks, practice, a plan, and one deleted sitting. */
import { join } from 'node:path';
import { createApplication } from '../../../main/application.ts';
import { freezeForm } from '../../../main/exam/edition.ts';
import { loadLibrary } from '../../../main/services/library.ts';
import { openDatabase } from '../../../main/store/open.ts';
import { addPast } from '../../support/past.ts';
import { ROOT } from './shipped-host.ts';

const DAY_MS = 86_400_000;

export interface LivedIn {
  /** Finished CPC sittings, oldest first: enough for an estimate of readiness. */
  cpc: string[];
  /** The only one of the CCS: too little for an estimate. */
  ccs: string;
  deleted: string;
}

/** @param nowMs the present, ms since 1970; the latest sitting was two days before. */
export function liveIn(dataDir: string, nowMs: number): LivedIn {
  const db = openDatabase(join(dataDir, 'codehall.db'));
  const library = loadLibrary([join(ROOT, 'exams')]);
  const editions = (packId: string) => {
    const { pack } = library.packs.get(packId)!;
    return pack.forms.map(({ id }) => freezeForm(pack, id));
  };
  const sitAll = (packId: string, sittings: number, from: number) =>
    addPast(db, {
      ...{ editions: editions(packId), sittings, from, everyMs: 6 * DAY_MS, prefix: packId, seed: 'lived in' },
      ...{ declined: 0, right: [0.58, 0.76] },
    });
  const cpc = sitAll('cpc-2026', 6, nowMs - 32 * DAY_MS);
  const [ccs] = sitAll('ccs-2026', 1, nowMs - 10 * DAY_MS);
  let ids = 0;
  const { history, marks, outcomes, plans, practices, sittings } = createApplication({
    ...{ db, library, clocks: { monotonicMs: () => 0, wallMs: () => nowMs } },
    newId: () => `lived-in-${++ids}`,
    newSeed: () => 'livedin1',
  });
  while (!outcomes.catchUp(50));

  const latest = cpc.at(-1)!;
  const missed = sittings.review({ sittingId: latest }).filter(({ correct }) => !correct);
  missed.slice(0, 9).forEach(({ number }, index) =>
    marks.set({
      ...{ sittingId: latest, number, note: index === 2 ? 'The guideline counts each vessel once.' : '' },
      tags: index % 3 === 0 ? ['look-up', 'time'] : [index % 2 === 0 ? 'knowledge' : 'misread'],
    }),
  );

  const set = { packId: 'cpc-2026', set: { kind: 'wrong' }, size: 5 } as const;
  let view = practices.start({ ...set, requestId: 'practice-of-before' });
  for (let position = 1; position <= 5; position++) {
    if (view.state === 'over') break;
    const options = [view.item.options[position % 4]!.id];
    const { practiceId } = view;
    practices.answer({ practiceId, position, options, struck: [], sureness: 'fair', timeMs: 41_000 });
    view = practices.show({ practiceId });
  }

  const day = (days: number) => new Date(nowMs + days * DAY_MS).toISOString().slice(0, 10);
  plans.set({
    ...{ examCode: 'CPC', beginsOn: day(-21), examOn: day(45) },
    settings: { days: [1, 2, 4, 6], hours: 6, mockDay: 6, moves: [] },
  });

  const deleted = cpc.shift()!;
  history.delete({ sittingId: deleted });
  sittings.shutDown();
  db.close();
  return { cpc, ccs: ccs!, deleted };
}
