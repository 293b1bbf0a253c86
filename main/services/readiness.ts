/** How ready the candidate is for each exam: the stored answers, put to the estimate. */
import type { ExamReadiness, ReadinessView } from '../contract.ts';
import type { Blueprint } from '../exam/pack.ts';
import { isFullSitting, MIN_FIRST_SEEN, readiness, WINDOW_MS, type PastAnswer } from '../insight/readiness.ts';
import type { Library } from './library.ts';
import type { Clocks } from './open-sitting.ts';
import type { OutcomeKeeper } from './outcomes.ts';
import type { Journal } from '../store/journal.ts';
import type { ReadinessStore, RecentAnswer, RecentSitting } from '../store/readiness.ts';

export interface ReadinessParts {
  library: Library;
  journal: Journal;
  outcomes: OutcomeKeeper;
  store: ReadinessStore;
  clocks: Pick<Clocks, 'wallMs'>;
}

export function createReadiness({ library, journal, outcomes, store, clocks }: ReadinessParts) {
  /** Areas of the current outline by item id: of the pack, and of the form as sat where the pack has the item no more. */
  const areasOf = (packId: string) => {
    const pack = library.packs.get(packId)?.pack;
    const frozen = new Map<string, string[]>();
    return (itemId: string, number: number, hash: string): string => {
      const known = pack?.items.get(itemId)?.area;
      if (known !== undefined) return known;
      const areas = frozen.get(hash) ?? journal.edition(hash).items.map(({ area }) => area);
      frozen.set(hash, areas);
      return areas[number - 1]!;
    };
  };

  /** The blueprint a real form would follow: the pack's present one, else that of the newest sitting. */
  const blueprintOf = ({ packId, editionHash }: RecentSitting): Blueprint =>
    library.packs.get(packId)?.pack.blueprint ?? journal.edition(editionHash).blueprint;

  const unseenOf = (examCode: string): number => {
    let unseen = 0;
    for (const { pack } of library.packs.values()) {
      if (pack.info.exam.code !== examCode) continue;
      const seen = new Set(store.seenItems(pack.info.id));
      for (const { id, scored } of pack.items.values()) if (scored && !seen.has(id)) unseen += 1;
    }
    return unseen;
  };

  /** @param sittings of one exam, newest first; at least one. */
  const ofExam = (examCode: string, sittings: readonly RecentSitting[]): ExamReadiness => {
    const blueprint = blueprintOf(sittings[0]!);
    const answers = Map.groupBy(store.answers(sittings.map(({ no }) => no)), ({ sittingNo }) => sittingNo);
    const full = sittings.filter(({ no }) => isFull(answers.get(no) ?? []));
    const areaOf = new Map(sittings.map(({ packId }) => [packId, areasOf(packId)]));
    const past = full.flatMap(({ no, packId, editionHash, startedAt }) =>
      answers.get(no)!.map(({ itemNo, itemId, number, correct, seen, seenBefore }): PastAnswer => ({
        item: itemNo,
        area: areaOf.get(packId)!(itemId, number, editionHash),
        correct,
        seen,
        seenBefore,
        at: startedAt,
      })),
    );
    const { areas } = blueprint.outlines.current;
    return {
      examCode,
      line: blueprint.line,
      formLength: areas.reduce((sum, { items }) => sum + items, 0),
      sittings: full.length,
      leftOut: sittings.length - full.length,
      asOf: full[0]?.startedAt ?? null,
      needed: MIN_FIRST_SEEN,
      unseen: unseenOf(examCode),
      ...readiness({ areas, linePercent: blueprint.line.percent }, past),
    };
  };

  return {
    /** @throws StoreError where outcomes could not be kept, or a form cannot be read. */
    show(): ReadinessView {
      if (!outcomes.catchUp()) return { complete: false, exams: [] };
      const now = clocks.wallMs();
      // A sitting dated in the future, by a clock that ran ahead, is of today: else all others would be too old beside it.
      const recent = store
        .recent(WINDOW_MS, now)
        .map((sitting) => ({ ...sitting, startedAt: Math.min(sitting.startedAt, now) }));
      const byExam = Map.groupBy(recent, ({ examCode }) => examCode);
      return { complete: true, exams: [...byExam].map(([code, sittings]) => ofExam(code, sittings)) };
    },
  };
}

function isFull(answers: readonly RecentAnswer[]): boolean {
  return isFullSitting({ scored: answers.length, seen: answers.filter(({ seen }) => seen).length });
}
