/** What is told of all finished sittings: lists, the trend, the areas, two side by side; and what is deleted, ended or not. */
import type {
  ComparisonView,
  DeletedEntry,
  DiscardedEntry,
  HistoryAreas,
  HistoryPage,
  HistoryTrend,
  Parsed,
  TrendPoint,
} from '../contract.ts';
import { seedOf } from '../exam/draw-form.ts';
import { OUTLINES, type OutlineName } from '../exam/pack.ts';
import { wilson } from '../exam/scoring.ts';
import { Failure } from '../failure.ts';
import { areaStandings, HALF_LIFE_SITTINGS, RECENT_SITTINGS, recencyWeight } from '../insight/areas.ts';
import { compare } from '../insight/compare.ts';
import type { Clocks } from './open-sitting.ts';
import type { OutcomeKeeper } from './outcomes.ts';
import { tellFinished, tellUnfinished } from './stored-sitting.ts';
import { damagedRecord } from '../store/errors.ts';
import type { AreaSums } from '../store/area-sums.ts';
import type { DeletedRow, Deletions, DiscardedRow } from '../store/deletions.ts';
import type { FinishedRow, History } from '../store/history.ts';
import type { Journal } from '../store/journal.ts';

/** A deleted sitting can be put back for so long, ms. */
export const KEPT_DELETED_MS = 30 * 24 * 3_600_000;

/** Sittings of the trend. */
const TREND_LENGTH = 200;

const GONE = 'This sitting is not there any more.';

export interface HistoryViewParts {
  journal: Journal;
  history: History;
  areaSums: AreaSums;
  deletions: Deletions;
  outcomes: OutcomeKeeper;
  clocks: Pick<Clocks, 'wallMs'>;
  /** Closes a sitting that may be open. @throws Failure 'refused' while a window shows it. @throws StoreError */
  close(sittingId: string): void;
}

export type HistoryView = ReturnType<typeof createHistoryView>;

export function createHistoryView(parts: HistoryViewParts) {
  const { journal, history, areaSums, deletions, outcomes, clocks, close } = parts;
  /** @throws Failure 'not-found' | 'not-finished' */
  const finishedRow = (sittingId: string): FinishedRow => {
    const row = history.finished(sittingId) ?? deletions.list().find((deleted) => deleted.sittingId === sittingId);
    if (row) return row;
    if (!journal.sitting(sittingId)) throw new Failure('not-found', GONE);
    throw new Failure('not-finished', 'This sitting has not ended yet.');
  };

  const deletedEntry = (row: DeletedRow): DeletedEntry => ({
    ...row,
    removedAt: row.deletedAt + KEPT_DELETED_MS,
    ended: true,
  });
  /** `null` where its record cannot be read: the full check tells of that. */
  const discardedEntry = ({ sittingId, deletedAt }: DiscardedRow): DiscardedEntry | null => {
    const sitting = tellUnfinished(journal, sittingId);
    return sitting && { ...sitting, deletedAt, removedAt: deletedAt + KEPT_DELETED_MS, ended: false };
  };

  return {
    page({ examCode, form, sort, from, count }: Parsed<'history.page'>): HistoryPage {
      const counts = history.counts();
      const asked = counts.filter(
        (one) =>
          (examCode === null || one.examCode === examCode) &&
          (form === null || (one.packId === form.packId && one.formId === form.formId)),
      );
      return {
        total: sum(asked.map(({ sittings }) => sittings)),
        exams: examsOf(counts),
        entries: history.page({ examCode, form }, sort, from, count),
      };
    },

    /** The newest scored sittings of an exam, oldest first. */
    trend({ examCode }: Parsed<'history.trend'>): HistoryTrend {
      const sittings = history.newestScored(examCode, TREND_LENGTH).reverse().map(trendPoint);
      return { total: scoredOf(examCode), sittings };
    },

    areas({ examCode }: Parsed<'history.areas'>): HistoryAreas {
      const complete = outcomes.catchUp();
      const newest = history.newestScored(examCode, RECENT_SITTINGS);
      const sums = areaSums.totals(examCode);
      const recent = areaSums.weighted(newest.map(({ sittingId }, age) => ({ sittingId, weight: recencyWeight(age) })));
      const titles = titlesOf(
        newest,
        sums.map(({ outline, area }) => `${outline}/${area}`),
      );
      const outline = (name: OutlineName) => {
        const own = <T extends { outline: OutlineName }>(rows: readonly T[]) =>
          rows.filter((row) => row.outline === name);
        const order = [...titles.areas.keys()];
        const place = (id: string) => order.indexOf(`${name}/${id}`);
        return {
          title: titles.outlines[name],
          areas: areaStandings(own(sums), own(recent))
            .sort((a, b) => place(a.id) - place(b.id))
            .map((area) => ({ ...area, title: titles.areas.get(`${name}/${area.id}`) ?? area.id })),
        };
      };
      return {
        complete,
        sittings: scoredOf(examCode),
        halfLife: HALF_LIFE_SITTINGS,
        linePercent: newest[0]?.linePercent ?? 0,
        outlines: { current: outline('current'), classic: outline('classic') },
      };
    },

    /** Two scored sittings of one exam, the earlier one first. @throws Failure */
    compare({ first, second }: Parsed<'history.compare'>): ComparisonView {
      const entries = [finishedRow(first), finishedRow(second)].sort((a, b) => a.finishedAt - b.finishedAt);
      const [before, after] = entries as [FinishedRow, FinishedRow];
      if (first === second) throw new Failure('refused', 'Choose two different sittings to compare.');
      if (before.examCode !== after.examCode)
        throw new Failure('refused', 'These are sittings of two exams: their points do not mean the same.');
      const told = tellFinished(journal, before.sittingId, (one) =>
        tellFinished(journal, after.sittingId, (other) => compare(one, other)),
      );
      if (!told) throw new Failure('refused', 'A sitting that was not scored cannot be compared.');
      return { entries: [before, after], ...told };
    },

    /** Leaves a finished sitting out of every list and sum. It can be put back for 30 days. @throws Failure, StoreError */
    delete({ sittingId }: Parsed<'history.delete'>): DeletedEntry {
      finishedRow(sittingId);
      deletions.delete(sittingId, clocks.wallMs());
      return deletedEntry(deletions.list().find((row) => row.sittingId === sittingId)!);
    },

    /**
     * Takes an unfinished sitting out of the hall. Nothing of it is changed: put back within 30 days, it goes on with what
     * is left of its time.
     * @throws Failure 'not-found' | 'refused' while a window shows it | 'finished'. @throws StoreError
     */
    discard({ sittingId }: Parsed<'history.discard'>): DiscardedEntry {
      if (!journal.sitting(sittingId)) throw new Failure('not-found', GONE);
      close(sittingId);
      if (!journal.unfinished().includes(sittingId) && !journal.isDiscarded(sittingId))
        throw new Failure('finished', 'This sitting has ended; its report stands in the history.');
      // One that cannot be read is left for the backups.
      if (!tellUnfinished(journal, sittingId)) throw damagedRecord();
      deletions.delete(sittingId, clocks.wallMs());
      return discardedEntry(deletions.discarded().find((row) => row.sittingId === sittingId)!)!;
    },

    /** Puts it back, ended or not. One that is not deleted stays as it is. @throws Failure 'not-found', StoreError */
    restore({ sittingId }: Parsed<'history.restore'>): { restored: true } {
      if (!journal.sitting(sittingId)) throw new Failure('not-found', GONE);
      if (deletions.restore(sittingId)) outcomes.catchUp();
      return { restored: true };
    },

    /** All that can be put back, the latest deleted first. */
    deleted(): (DeletedEntry | DiscardedEntry)[] {
      const discarded = deletions.discarded().flatMap((row) => discardedEntry(row) ?? []);
      return [...deletions.list().map(deletedEntry), ...discarded].sort((a, b) => b.deletedAt - a.deletedAt);
    },

    /**
     * Removes for good what was deleted 30 days ago, a few at a time.
     * @returns whether none is left of it. @throws StoreError
     */
    removeOverdue(limit = 5): boolean {
      const overdue = deletions.deletedBy(clocks.wallMs() - KEPT_DELETED_MS, limit);
      for (const sittingId of overdue) {
        deletions.remove(sittingId);
        journal.forget(sittingId);
      }
      return overdue.length < limit;
    },

    /** How many sittings have ended. */
    count: (): number => sum(history.counts().map(({ sittings }) => sittings)),
  };

  function scoredOf(examCode: string): number {
    return sum(history.counts().map((one) => (one.examCode === examCode ? one.scored : 0)));
  }

  /**
   * Titles of outlines and areas as the newest sittings had them, in the order of the newest outline.
   * @param wanted keys `outline/area`; forms are read until all are known.
   */
  function titlesOf(newest: readonly FinishedRow[], wanted: readonly string[]) {
    const outlines: Record<OutlineName, string> = { current: '', classic: '' };
    const areas = new Map<string, string>();
    const read = new Set<string>();
    for (const { sittingId } of newest) {
      if (wanted.every((key) => areas.has(key))) break;
      const { editionHash } = journal.sitting(sittingId)!;
      if (read.has(editionHash)) continue;
      read.add(editionHash);
      const { blueprint } = journal.edition(editionHash);
      for (const outline of OUTLINES) {
        outlines[outline] ||= blueprint.outlines[outline].title;
        for (const { id, title } of blueprint.outlines[outline].areas)
          if (!areas.has(`${outline}/${id}`)) areas.set(`${outline}/${id}`, title);
      }
    }
    return { outlines, areas };
  }
}

function trendPoint({ sittingId, formTitle, finishedAt, points, scored, linePercent }: FinishedRow): TrendPoint {
  const right = points ?? 0;
  return {
    ...{ sittingId, formTitle, finishedAt, points: right, scored, linePercent },
    percent: (right / scored) * 100,
    interval: wilson(right, scored),
  };
}

function examsOf(counts: ReturnType<History['counts']>): HistoryPage['exams'] {
  const codes = [...new Set(counts.map(({ examCode }) => examCode))].sort();
  return codes.map((code) => {
    const own = counts.filter(({ examCode }) => examCode === code);
    const printed = own.filter(({ formId }) => seedOf(formId) === null);
    const forms = new Map(
      printed.map(({ packId, formId, formTitle: title }) => [`${packId}/${formId}`, { packId, formId, title }]),
    );
    return {
      code,
      sittings: sum(own.map(({ sittings }) => sittings)),
      // By code unit: the first comparison by the rules of a language loads them, which takes longer than all the rest.
      forms: [...forms.values()].sort((a, b) => (a.title < b.title ? -1 : Number(a.title > b.title))),
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
