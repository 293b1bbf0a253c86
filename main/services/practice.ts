/** Practice: sets of questions the candidate has met, answered one by one with the key shown after each. */
import type { Parsed, PracticeExam, PracticeOffer, PracticeView } from '../contract.ts';
import type { Item } from '../exam/pack.ts';
import type { Pack } from '../exam/parse-pack.ts';
import { isCorrect } from '../exam/scoring.ts';
import { Failure } from '../failure.ts';
import type { Library } from './library.ts';
import type { LocalDay } from '../local-day.ts';
import type { Clocks } from './open-sitting.ts';
import type { OutcomeKeeper } from './outcomes.ts';
import { cardAnswer, createPracticeViews } from './practice-view.ts';
import type { AnswerRow, PracticeRow, PracticeStore, SatItem } from '../store/practice.ts';
import { cardAfter, dayMs, dayOfMs, dueCounts } from '../study/cards.ts';
import { itemsIn, latestOf, pickSet, practiceEncounter, type SetSource } from '../study/sets.ts';

/** Longer than this nobody worked on a question without a break, ms. */
const LONGEST_MS = 60 * 60 * 1000;
/** Past practices in the offer. */
const PAST_LENGTH = 10;
/** Days for which the offer tells what comes due. */
const DAYS_AHEAD = 7;

export interface PracticeParts {
  library: Library;
  store: PracticeStore;
  outcomes: Pick<OutcomeKeeper, 'catchUp'>;
  clocks: Pick<Clocks, 'wallMs'>;
  localDay: LocalDay;
}

export type Practices = ReturnType<typeof createPractices>;

export function createPractices({ library, store, outcomes, clocks, localDay }: PracticeParts) {
  const views = createPracticeViews({ library, store, localDay });

  const find = (practiceId: string): PracticeRow => {
    const practice = store.byId(practiceId);
    if (!practice) throw new Failure('not-found', `There is no practice ${practiceId}.`);
    return practice;
  };

  /** What the sets of a pack are picked from. @param sat of all packs. */
  const sourceOf = ({ info, items }: Pack, sat: readonly SatItem[]): SetSource => {
    const practised = store.latest(info.id).flatMap((answer) => {
      const item = items.get(answer.itemId);
      return item ? [practiceEncounter(item, answer)] : [];
    });
    return {
      items,
      latest: latestOf(
        sat.filter(({ packId }) => packId === info.id),
        practised,
      ),
      due: new Map(store.due(info.id).map(({ itemId, dueAt }) => [itemId, dayOfMs(dueAt)])),
      today: localDay(clocks.wallMs()),
    };
  };

  const examOf = (pack: Pack, sat: readonly SatItem[]): PracticeExam => {
    const { info, blueprint, items } = pack;
    const source = sourceOf(pack, sat);
    const wrong = new Set(itemsIn({ kind: 'wrong' }, source));
    const areas = blueprint.outlines.current.areas.map(({ id, title }) => {
      const own = itemsIn({ kind: 'area', area: id }, source);
      return { id, title, met: own.length, wrong: own.filter((item) => wrong.has(item)).length };
    });
    const { now, days } = dueCounts(
      [...source.due].filter(([id]) => items.has(id)).map(([, day]) => day),
      source.today,
      DAYS_AHEAD,
    );
    return {
      packId: info.id,
      examCode: info.exam.code,
      title: info.title,
      met: areas.reduce((sum, area) => sum + area.met, 0),
      counts: {
        wrong: wrong.size,
        slow: itemsIn({ kind: 'slow' }, source).length,
        struck: itemsIn({ kind: 'struck' }, source).length,
        due: now,
      },
      areas: areas.filter(({ met }) => met > 0),
      ahead: days,
    };
  };

  /** @throws Failure 'refused' for a response that is not one to this item. */
  const checkResponse = ({ options, select }: Item, response: readonly string[], struck: readonly string[]): void => {
    const known = new Set(options.map(({ id }) => id));
    const refuse = (message: string): never => {
      throw new Failure('refused', message);
    };
    for (const [field, given] of [['options', response] as const, ['struck', struck] as const]) {
      const stranger = given.find((id) => !known.has(id));
      if (stranger !== undefined) refuse(`${field}: this question has no option "${stranger}".`);
      if (new Set(given).size !== given.length) refuse(`${field}: an option is named twice.`);
    }
    if (response.length !== select)
      refuse(select === 1 ? 'Choose one option, then check it.' : `Choose ${select} options, then check them.`);
    if (response.some((id) => struck.includes(id))) refuse('struck: a chosen option is not struck out.');
  };

  return {
    offer(): PracticeOffer {
      outcomes.catchUp();
      const sat = store.sat();
      const open = store.unfinished();
      return {
        today: localDay(clocks.wallMs()),
        // One whose questions have all left their pack cannot go on.
        unfinished: open && views.nextOf(open, store.answers(open.id)) !== null ? views.summary(open) : null,
        exams: [...library.packs.values()].map(({ pack }) => examOf(pack, sat)),
        past: store.past(PAST_LENGTH).map((practice) => views.summary(practice)),
      };
    },

    /** @throws Failure 'not-found' | 'refused' @throws StoreError */
    start({ requestId, packId, set, size }: Parsed<'practice.start'>): PracticeView {
      // What could not be said to be saved may have been, where the disk failed at the last moment.
      const begun = store.byId(requestId);
      if (begun) return views.show(begun);
      const pack = library.packs.get(packId)?.pack;
      if (!pack) throw new Failure('not-found', `packId: there is no pack ${packId}.`);
      const area = set.kind === 'area' ? set.area : null;
      if (area !== null && !pack.blueprint.outlines.current.areas.some(({ id }) => id === area))
        throw new Failure('not-found', `set.area: the pack ${packId} has no area ${area}.`);
      outcomes.catchUp();
      const items = pickSet(set, sourceOf(pack, store.sat()), { size, seed: requestId, dayOf: localDay });
      if (items.length === 0) throw new Failure('refused', 'There is no question in this set now.');
      const examCode = pack.info.exam.code;
      store.start({ id: requestId, packId, examCode, kind: set.kind, area, startedAt: clocks.wallMs(), items });
      return views.show(find(requestId));
    },

    /** @throws Failure 'not-found' | 'refused' | 'finished' */
    show: ({ practiceId, position }: Parsed<'practice.show'>): PracticeView => views.show(find(practiceId), position),

    /**
     * Checks an answer. Returns when it is durable.
     * @throws Failure 'not-found' | 'refused' | 'finished' @throws StoreError
     */
    answer({ practiceId, position, options, struck, sureness, timeMs }: Parsed<'practice.answer'>): PracticeView {
      const practice = find(practiceId);
      const before = views.show(practice, position);
      if (before.state !== 'question') return before;
      const item = views.itemAt(practice, position)!;
      checkResponse(item, options, struck);
      const answer: AnswerRow = {
        ...{ position, itemId: item.id, at: clocks.wallMs(), options, struck, sureness },
        correct: isCorrect(item, options),
        timeMs: Math.min(timeMs, LONGEST_MS),
      };
      const answers = [...store.answersTo(item.id, practiceId, position), answer];
      const { due, state } = cardAfter(answers.map((one) => cardAnswer(one, localDay)))!;
      const last = views.nextOf(practice, store.answers(practiceId), position) === null;
      store.answer(practiceId, answer, { dueAt: dayMs(due), state }, last);
      return views.show(find(practiceId), position);
    },

    /** Ends a practice early; what was answered stays. @throws Failure 'not-found' @throws StoreError */
    end({ practiceId }: Parsed<'practice.end'>): PracticeView {
      find(practiceId);
      store.end(practiceId, clocks.wallMs());
      return views.show(find(practiceId));
    },
  };
}
