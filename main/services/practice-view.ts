/** What the screens are told of a practice: a question without its key, an answer with it, and the sum at the end. */
import type { Feedback, NamedSet, PracticeSummary, PracticeView } from '../contract.ts';
import { candidateItem } from '../exam/candidate-view.ts';
import type { Item, RecordText } from '../exam/pack.ts';
import type { Pack } from '../exam/parse-pack.ts';
import { Failure } from '../failure.ts';
import type { Library } from './library.ts';
import type { LocalDay } from '../local-day.ts';
import type { AnswerRow, PracticeRow, PracticeStore, StoredPast } from '../store/practice.ts';
import { cardAfter, type CardAnswer, type DayCount } from '../study/cards.ts';

/** Under which the answers to items are counted that are no longer in their pack. */
const GONE = 'No longer in the pack';

export interface PracticeViewParts {
  library: Library;
  store: PracticeStore;
  localDay: LocalDay;
}

export type PracticeViews = ReturnType<typeof createPracticeViews>;

export function createPracticeViews({ library, store, localDay }: PracticeViewParts) {
  const packOf = ({ packId }: PracticeRow): Pack | null => library.packs.get(packId)?.pack ?? null;
  const itemAt = (practice: PracticeRow, position: number): Item | null =>
    packOf(practice)?.items.get(practice.items[position - 1] ?? '') ?? null;

  /** Positions that are asked, in order: an item that has left its pack before it was answered is passed over. */
  const asked = (practice: PracticeRow, answers: readonly AnswerRow[]): number[] =>
    practice.items
      .map((_, index) => index + 1)
      .filter((at) => answers.some(({ position }) => position === at) || itemAt(practice, at) !== null);

  /** The first question not answered; `null` when none is left. */
  const nextOf = (practice: PracticeRow, answers: readonly AnswerRow[], after = 0): number | null =>
    asked(practice, answers).find((at) => at > after && !answers.some(({ position }) => position === at)) ?? null;

  const named = ({ kind, area, ...practice }: PracticeRow): NamedSet => {
    const areas = library.packs.get(practice.packId)?.pack.blueprint.outlines.current.areas ?? [];
    const title = areas.find(({ id }) => id === area)?.title ?? area;
    return { kind: kind as NamedSet['kind'], areaId: area, areaTitle: title };
  };

  const summary = (practice: PracticeRow, answers = store.answers(practice.id)): PracticeSummary => ({
    practiceId: practice.id,
    packId: practice.packId,
    examCode: practice.examCode,
    set: named(practice),
    startedAt: practice.startedAt,
    items: asked(practice, answers).length,
    answered: answers.length,
    right: answers.filter(({ correct }) => correct).length,
  });

  /** The day an item comes again by an answer, from all answers up to it. */
  const dueAfter = ({ id }: PracticeRow, { itemId, position }: AnswerRow): string =>
    cardAfter(store.answersTo(itemId, id, position).map((one) => cardAnswer(one, localDay)))!.due;

  const feedback = (practice: PracticeRow, item: Item, answer: AnswerRow, next: number | null): Feedback => {
    const areas = packOf(practice)!.blueprint.outlines.current.areas;
    const { sittings, practice: before } = store.before(practice.id, answer);
    return {
      correct: answer.correct,
      options: item.options.map((option) => ({
        ...option,
        rationale: item.rationale[option.id] ?? '',
        keyed: item.key.includes(option.id),
        chosen: answer.options.includes(option.id),
        struck: answer.struck.includes(option.id),
      })),
      sureness: answer.sureness,
      timeMs: answer.timeMs,
      due: dueAfter(practice, answer),
      on: localDay(answer.at),
      itemId: item.id,
      areaTitle: areas.find(({ id }) => id === item.area)?.title ?? item.area,
      topic: item.topic,
      references: item.references,
      verification: item.verification,
      past: {
        sittings: { met: sittings.met, right: sittings.right },
        practice: { met: before.met, right: before.right },
        last: laterOf(sittings, before),
      },
      next,
    };
  };

  const over = (practice: PracticeRow): PracticeView => {
    const answers = store.answers(practice.id);
    const pack = packOf(practice);
    const titles = new Map(pack?.blueprint.outlines.current.areas.map(({ id, title }) => [id, title]));
    const areas = new Map<string, { title: string; items: number; right: number }>();
    const back = new Map<string, number>();
    for (const answer of answers) {
      const title = titles.get(pack?.items.get(answer.itemId)?.area ?? '') ?? GONE;
      const area = areas.get(title) ?? { title, items: 0, right: 0 };
      areas.set(title, { title, items: area.items + 1, right: area.right + Number(answer.correct) });
      const due = dueAfter(practice, answer);
      back.set(due, (back.get(due) ?? 0) + 1);
    }
    const days: DayCount[] = [...back].map(([on, count]) => ({ on, count }));
    return {
      state: 'over',
      ...summary(practice, answers),
      areas: [...areas.values()].sort((a, b) => (a.title < b.title ? -1 : 1)),
      back: days.sort((a, b) => (a.on < b.on ? -1 : 1)),
    };
  };

  const at = (practice: PracticeRow, position: number): PracticeView => {
    const answers = store.answers(practice.id);
    const item = itemAt(practice, position);
    if (!item) throw new Failure('not-found', 'This question is no longer in its pack.');
    const until = answers.filter((one) => one.position <= position);
    const numbers = asked(practice, answers);
    const shown = {
      practiceId: practice.id,
      packId: practice.packId,
      examCode: practice.examCode,
      set: named(practice),
      items: numbers.length,
      position,
      answered: until.length,
      right: until.filter(({ correct }) => correct).length,
      item: candidateItem(item, numbers.indexOf(position) + 1, recordOf(packOf(practice)!, item), null),
    };
    const answer = until.find((one) => one.position === position);
    if (!answer) return { state: 'question', ...shown };
    const next = numbers.find((number) => number > position) ?? null;
    return { state: 'answered', ...shown, feedback: feedback(practice, item, answer, next) };
  };

  return {
    itemAt,
    nextOf,
    summary,

    /**
     * A position, or the first question not answered, or the sum when there is none or the practice has ended.
     * @throws Failure 'not-found' | 'refused' | 'finished'
     */
    show(practice: PracticeRow, position?: number): PracticeView {
      const answers = store.answers(practice.id);
      const next = practice.endedAt === null ? nextOf(practice, answers) : null;
      if (position === undefined) return next === null ? over(practice) : at(practice, next);
      if (position > practice.items.length)
        throw new Failure(
          'not-found',
          `position: there is no question ${position}; this practice has ${practice.items.length}.`,
        );
      if (answers.some((one) => one.position === position) || position === next) return at(practice, position);
      if (practice.endedAt !== null) throw new Failure('finished', 'This practice has ended.');
      throw new Failure('refused', `position: question ${position} is not the next one.`);
    },
  };
}

/** A stored answer as the cards count it. */
export function cardAnswer({ correct, sureness, at }: AnswerRow, localDay: LocalDay): CardAnswer {
  return { correct, sureness, on: localDay(at) };
}

function recordOf(pack: Pack, item: Item): RecordText | undefined {
  return item.record ?? (item.scenario === undefined ? undefined : pack.scenarios.get(item.scenario)?.record);
}

function laterOf(sittings: StoredPast, practice: StoredPast): Feedback['past']['last'] {
  const sat = sittings.last && { ...sittings.last, where: 'sitting' as const };
  const practised = practice.last && { ...practice.last, where: 'practice' as const };
  if (!sat || !practised) return sat ?? practised;
  return sat.at > practised.at ? sat : practised;
}
