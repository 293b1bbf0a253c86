/** What a trial of the torture run is, and what all of them share. */

/** One figure: what was counted, against what it must not exceed. */
export interface Row {
  name: string;
  /** How often the trial was made. */
  runs: number;
  value: number;
  /** The value must not be larger. */
  goal: number;
  ok: boolean;
}

export interface TrialOptions {
  /** Kills of the host; `null`: as many as the trial's full or short form asks for. */
  kills: number | null;
  /** Power cuts; `null` likewise. */
  cuts: number | null;
  /** The same seed makes the same trials. */
  seed: string;
  /** The short form, for `npm test`: 50 of each, or fewer where one takes long. */
  short: boolean;
  /** Hears of progress, a line at a time. */
  say(line: string): void;
}

export interface Trial {
  /** For `--only`. */
  name: string;
  /** What is done, in a line. */
  title: string;
  run(options: TrialOptions): Promise<Row[]>;
}

/** A figure that must be at most `goal`. */
export function row(name: string, runs: number, value: number, goal = 0): Row {
  return { name, runs, value, goal, ok: value <= goal };
}

/** Thrown by a trial that cannot be made on this machine, with what would have to be installed. */
export class NotHere extends Error {}
