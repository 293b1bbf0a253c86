/** The score report and the question review of a finished sitting, from its edition and its journal. */
import { limitMs } from '../exam/clock.ts';
import { recordOf, type FormEdition } from '../exam/edition.ts';
import type { AttentionKind, FinishCause, SittingEvent, SittingSettings } from '../exam/events.ts';
import type { Item, OutlineName, RecordText } from '../exam/pack.ts';
import { areaOf, isCorrect, isScored, score, type AreaScore, type Score } from '../exam/scoring.ts';
import { fold, type SittingState } from '../exam/sitting.ts';
import { SLOW_SHARE } from './outcomes.ts';
import { median, workPerItem, type ItemWork } from './per-item.ts';

export interface AreaReport extends AreaScore {
  /** Median time on an item of the area, ms. */
  medianMs: number | null;
  /** Items whose key was chosen at some time and given up for something wrong in the end. */
  changedToWrong: number;
}

/** Time out of the exam's window, or out of full screen, as a proctor would log it. */
export interface ProctorEntry {
  kind: Exclude<AttentionKind, 'returned' | 'entered-full-screen'>;
  /** Charged time at which it began, ms. */
  elapsedMs: number;
  /** Length by charged time, ms; `null` when it has none or never ended. */
  lengthMs: number | null;
}

export interface SittingReport {
  exam: { code: string; name: string; codeYear: number; packId: string };
  form: { id: string; title: string };
  blueprintVersion: string;
  settings: SittingSettings;
  startedAt: number;
  finishedAt: number;
  cause: FinishCause;
  /** `null` when the sitting ended unscored. */
  score: (Omit<Score, 'areas'> & { areas: Record<OutlineName, AreaReport[]> }) | null;
  outlineTitles: Record<OutlineName, string>;
  line: { percent: number; published: boolean };
  /** Charged time of the questions, ms. */
  elapsedMs: number;
  limitMs: number | null;
  interruptions: SittingState['interruptions'];
  proctorLog: ProctorEntry[];
  flagged: number;
}

export interface ReviewItem {
  number: number;
  id: string;
  type: Item['type'];
  select: number;
  scored: boolean;
  areaTitle: string;
  topic: string;
  stem: string;
  record: RecordText | null;
  options: { id: string; text: string; rationale: string; keyed: boolean; chosen: boolean; struck: boolean }[];
  references: string[];
  verification: Item['verification'];
  correct: boolean;
  answered: boolean;
  flagged: boolean;
  note: string;
  timeMs: number;
  /** It took more than {@link SLOW_SHARE} times its fair share of the working time. */
  slow: boolean;
  visits: number;
  /** Every choice in order, for "your changes". */
  choices: string[][];
}

/**
 * The report of a finished sitting.
 * @param state what the events fold to, where that is known already.
 * @throws TypeError when the journal is not that of a finished sitting.
 */
export function report(
  edition: FormEdition,
  events: readonly SittingEvent[],
  state: SittingState = fold(edition, events),
): SittingReport {
  if (!state.finished) throw new TypeError('a sitting that has not ended has no report');
  const { blueprint } = edition;
  const { cause } = state.finished;
  const agreed = events.some((event) => event.type === 'agreed');
  const elapsedMs = agreed ? state.elapsedMs : 0;
  const work = workPerItem(edition.items.length, events, elapsedMs);
  return {
    exam: {
      code: edition.pack.exam.code,
      name: edition.pack.exam.name,
      codeYear: edition.pack.codeYear,
      packId: edition.pack.id,
    },
    form: edition.form,
    blueprintVersion: blueprint.version,
    settings: state.settings,
    startedAt: state.startedAt,
    finishedAt: state.finished.at,
    cause,
    score: isScored(cause) ? scoreReport(edition, state, work) : null,
    outlineTitles: { current: blueprint.outlines.current.title, classic: blueprint.outlines.classic.title },
    line: blueprint.line,
    elapsedMs,
    limitMs: limitMs(blueprint.minutes, state.settings.timeFactor),
    interruptions: state.interruptions,
    proctorLog: proctorLog(state.attention),
    flagged: state.items.filter((item) => item.flagged).length,
  };
}

function scoreReport(edition: FormEdition, state: SittingState, work: readonly ItemWork[]): SittingReport['score'] {
  const base = score(
    edition,
    state.items.map((item) => item.response),
  );
  const scored = edition.items.map((item, index) => ({ item, work: work[index]! })).filter(({ item }) => item.scored);
  const areaReports = (outline: OutlineName): AreaReport[] => {
    const byArea = Map.groupBy(scored, ({ item }) => areaOf(item, outline));
    return base.areas[outline].map((area) => {
      const own = byArea.get(area.id)!;
      return {
        ...area,
        medianMs: median(own.map((entry) => entry.work.timeMs)),
        changedToWrong: own.filter((entry) => wentToWrong(entry.item, entry.work.choices)).length,
      };
    });
  };
  return { ...base, areas: { current: areaReports('current'), classic: areaReports('classic') } };
}

/** Whether the key was chosen at some time and given up for something wrong in the end. */
function wentToWrong(item: Item, choices: readonly string[][]): boolean {
  const last = choices.at(-1);
  return last !== undefined && !isCorrect(item, last) && choices.some((choice) => isCorrect(item, choice));
}

/** Pairs each leaving with the coming back before the next leaving; without one its end is not known. */
export function proctorLog(attention: SittingState['attention']): ProctorEntry[] {
  const backFrom = { 'left-window': 'returned', 'left-full-screen': 'entered-full-screen' } as const;
  const log: ProctorEntry[] = [];
  attention.forEach((entry, index) => {
    if (entry.kind === 'returned' || entry.kind === 'entered-full-screen') return;
    const { kind, elapsedMs } = entry;
    if (kind !== 'left-window' && kind !== 'left-full-screen') {
      log.push({ kind, elapsedMs, lengthMs: null });
      return;
    }
    const next = attention.slice(index + 1).find((later) => later.kind === kind || later.kind === backFrom[kind]);
    const back = next?.kind === backFrom[kind] ? next : undefined;
    log.push({ kind, elapsedMs, lengthMs: back ? Math.max(0, back.elapsedMs - elapsedMs) : null });
  });
  return log;
}

/**
 * Every item of a finished sitting with its key, rationale and the candidate's work on it.
 * @param state what the events fold to, where that is known already.
 */
export function reviewItems(
  edition: FormEdition,
  events: readonly SittingEvent[],
  state: SittingState = fold(edition, events),
): ReviewItem[] {
  const work = workPerItem(edition.items.length, events, state.elapsedMs);
  const expected = edition.items.reduce((sum, item) => sum + item.seconds, 0);
  const areas = new Map(edition.blueprint.outlines.current.areas.map((area) => [area.id, area.title]));
  return edition.items.map((item, index) => {
    const held = state.items[index]!;
    const done = work[index]!;
    return {
      number: index + 1,
      id: item.id,
      type: item.type,
      select: item.select,
      scored: item.scored,
      areaTitle: areas.get(item.area) ?? item.area,
      topic: item.topic,
      stem: item.stem,
      record: recordOf(edition, item) ?? null,
      options: item.options.map((option) => ({
        ...option,
        rationale: item.rationale[option.id] ?? '',
        keyed: item.key.includes(option.id),
        chosen: held.response.includes(option.id),
        struck: held.struck.includes(option.id),
      })),
      references: item.references,
      verification: item.verification,
      correct: isCorrect(item, held.response),
      answered: held.response.length === item.select,
      flagged: held.flagged,
      note: held.note,
      timeMs: done.timeMs,
      slow: done.timeMs > (SLOW_SHARE * state.elapsedMs * item.seconds) / expected,
      visits: done.visits,
      choices: done.choices,
    };
  });
}
