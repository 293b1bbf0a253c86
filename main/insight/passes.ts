/** Passes through a form, found from the order in which items came on screen. */
import type { SittingEvent } from '../exam/events.ts';

export interface Pass {
  /** The numbers between which it ran, in its direction. */
  from: number;
  to: number;
  direction: 'up' | 'down';
  /** Different items seen in it. */
  items: number;
  /** What nearly all of its items had in common when they came on screen; `null` when nothing. */
  only: 'flagged' | 'open' | null;
  /** Charged time at its start and end, ms. */
  startMs: number;
  endMs: number;
}

interface Visit {
  number: number;
  elapsedMs: number;
  flagged: boolean;
  /** Not answered completely when it came on screen. */
  open: boolean;
}

/** A step against the direction by at least this share of the form begins a new pass. */
const LEAP_SHARE = 0.25;
/** A leap of fewer items than this begins none, however short the form. */
const MIN_LEAP = 3;
/** Share of a pass's items that must have something in common for it to be named after it. */
const NEARLY_ALL = 0.9;
/** A pass of fewer visits is part of the one before it. */
const MIN_VISITS = 2;

/**
 * Finds the passes: a leap back against the direction of the run begins a new one, and a few steps to and fro do not.
 * @param selects for each item how many options complete it; index 0 is item number 1.
 * @param endMs charged time at which the sitting ended, ms.
 */
export function findPasses(selects: readonly number[], events: readonly SittingEvent[], endMs: number): Pass[] {
  const visits = visitsOf(selects, events);
  const leap = Math.max(MIN_LEAP, Math.ceil(selects.length * LEAP_SHARE));
  const runs: Visit[][] = [];
  for (const visit of visits) {
    const run = runs.at(-1);
    if (run && !leapsBack(run, visit.number, leap)) run.push(visit);
    else if (run && run.length < MIN_VISITS) run.push(visit);
    else runs.push([visit]);
  }
  return runs.map((run, index) => passOf(run, runs[index + 1]?.[0]?.elapsedMs ?? endMs, index === 0));
}

/** Whether going to a number from the end of a run is a leap against the run's direction. */
function leapsBack(run: readonly Visit[], number: number, leap: number): boolean {
  const last = run.at(-1)!.number;
  const direction = directionOf(run);
  const step = direction === 'up' ? number - last : last - number;
  return step <= -leap;
}

/** The direction of most steps, upwards where that is a tie. */
function directionOf(run: readonly Visit[]): 'up' | 'down' {
  let sum = 0;
  for (let index = 1; index < run.length; index++) sum += Math.sign(run[index]!.number - run[index - 1]!.number);
  return sum < 0 ? 'down' : 'up';
}

function visitsOf(selects: readonly number[], events: readonly SittingEvent[]): Visit[] {
  const flagged = new Set<number>();
  const complete = new Set<number>();
  const visits: Visit[] = [];
  for (const event of events)
    if (event.type === 'agreed') visits.length = 0;
    else if (event.type === 'flagged') {
      if (event.payload.on) flagged.add(event.payload.number);
      else flagged.delete(event.payload.number);
    } else if (event.type === 'responded') {
      const { number, options } = event.payload;
      if (options.length === selects[number - 1]) complete.add(number);
      else complete.delete(number);
    } else if (event.type === 'visited') {
      const { number } = event.payload;
      if (visits.at(-1)?.number === number) continue;
      visits.push({ number, elapsedMs: event.elapsedMs, flagged: flagged.has(number), open: !complete.has(number) });
    }
  return visits;
}

function passOf(run: readonly Visit[], endMs: number, first: boolean): Pass {
  const seen = [...new Map(run.toReversed().map((visit) => [visit.number, visit])).values()];
  const nearlyAll = (of: (visit: Visit) => boolean) => seen.filter(of).length >= seen.length * NEARLY_ALL;
  const direction = directionOf(run);
  const numbers = seen.map(({ number }) => number);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const onlyFlagged = nearlyAll(({ flagged }) => flagged);
  // The first pass meets open items only, and that says nothing.
  const onlyOpen = !first && nearlyAll(({ open }) => open);
  return {
    from: direction === 'up' ? low : high,
    to: direction === 'up' ? high : low,
    direction,
    items: seen.length,
    only: onlyFlagged ? 'flagged' : onlyOpen ? 'open' : null,
    startMs: run[0]!.elapsedMs,
    endMs,
  };
}
