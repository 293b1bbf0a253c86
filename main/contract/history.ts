/** All finished sittings: lists, trend, areas, comparison; and deletion, of unfinished ones too. */
import * as v from 'valibot';
import type { Interval } from '../exam/scoring.ts';
import type { FinishCause } from '../exam/events.ts';
import type { OutlineName } from '../exam/pack.ts';
import type { AreaStanding } from '../insight/areas.ts';
import type { Comparison } from '../insight/compare.ts';
import { Nothing, OneSitting, shortId, sittingId } from './common.ts';
import type { UnfinishedSitting } from './hall.ts';

/** Most entries of one page. */
const PAGE_MAX = 200;

const OneExam = v.strictObject({ examCode: shortId });

export const HISTORY_METHODS = {
  'history.page': v.strictObject({
    /** `null` for all. */
    examCode: v.nullable(shortId),
    form: v.nullable(v.strictObject({ packId: shortId, formId: shortId })),
    sort: v.picklist(['newest', 'oldest', 'best', 'worst', 'longest']),
    /** How many come before the page. */
    from: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000)),
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PAGE_MAX)),
  }),
  'history.trend': OneExam,
  'history.areas': OneExam,
  'history.compare': v.strictObject({ first: sittingId, second: sittingId }),
  'history.delete': OneSitting,
  /** Deletes a sitting that has not ended. */
  'history.discard': OneSitting,
  /** Puts back what was deleted or discarded. */
  'history.restore': OneSitting,
  'history.deleted': Nothing,
} as const;

export interface HistoryOutputs {
  'history.page': HistoryPage;
  'history.trend': HistoryTrend;
  'history.areas': HistoryAreas;
  'history.compare': ComparisonView;
  'history.delete': DeletedEntry;
  'history.discard': DiscardedEntry;
  'history.restore': { restored: true };
  /** The latest deleted first. */
  'history.deleted': (DeletedEntry | DiscardedEntry)[];
}

export interface HistoryEntry {
  sittingId: string;
  packId: string;
  formId: string;
  examCode: string;
  formTitle: string;
  startedAt: number;
  finishedAt: number;
  cause: FinishCause;
  elapsedMs: number;
  timeFactor: number | null;
  /** `null` for an unscored sitting. */
  points: number | null;
  scored: number;
  linePercent: number;
}

export interface HistoryPage {
  /** Of the exam and form asked for. */
  total: number;
  /** Exams with finished sittings, whatever was asked for, by code; drawn forms are not among their forms. */
  exams: { code: string; sittings: number; forms: { packId: string; formId: string; title: string }[] }[];
  entries: HistoryEntry[];
}

export interface HistoryTrend {
  /** Scored sittings in all; the newest of them follow, oldest first. */
  total: number;
  sittings: TrendPoint[];
}

export interface TrendPoint {
  sittingId: string;
  formTitle: string;
  finishedAt: number;
  points: number;
  scored: number;
  percent: number;
  /** Wilson, 95 %. */
  interval: Interval;
  linePercent: number;
}

export interface HistoryAreas {
  /** Whether all sittings are counted; otherwise the rest is on its way. */
  complete: boolean;
  /** Scored sittings of the exam. */
  sittings: number;
  /** Sittings after which a sitting's weight in the recent percent has halved. */
  halfLife: number;
  linePercent: number;
  outlines: Record<OutlineName, { title: string; areas: (AreaStanding & { title: string })[] }>;
}

/** A side of a comparison is told as in the list. */
export interface ComparisonView extends Comparison {
  entries: [HistoryEntry, HistoryEntry];
}

interface Deleted {
  deletedAt: number;
  /** From then on it is removed for good. */
  removedAt: number;
}

export interface DeletedEntry extends HistoryEntry, Deleted {
  ended: true;
}

/** As the hall would show it: put back, it goes on with the time it has left. */
export interface DiscardedEntry extends UnfinishedSitting, Deleted {
  ended: false;
}
