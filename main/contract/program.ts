/** The program and its stored data as a whole. */
import * as v from 'valibot';
import type { PackProblem } from '../exam/parse-pack.ts';
import { Nothing } from './common.ts';

export const PROGRAM_METHODS = {
  'app.info': Nothing,
  'app.diagnostics': Nothing,
  'data.show': Nothing,
  'data.restore': v.strictObject({ name: v.pipe(v.string(), v.maxLength(80)) }),
  'data.startFresh': Nothing,
} as const;

export interface ProgramOutputs {
  'app.info': AppInfo;
  /** For a report of a fault: versions, sizes and the log; no question, answer or note. */
  'app.diagnostics': { text: string };
  'data.show': DataView;
  /** `kept`: the name of the file in which what was there before lies, `null` where there was none. */
  'data.restore': { kept: string | null };
  'data.startFresh': { kept: string | null };
}

export interface AppInfo {
  version: string;
  host: 'electron' | 'web';
  dataDir: string;
  packDirs: string[];
  packs: PackSummary[];
  problems: { pack: string; problems: PackProblem[] }[];
}

export interface PackSummary {
  id: string;
  title: string;
  about: string;
  license: string;
  examCode: string;
  codeYear: number;
  items: number;
  /** Where it was loaded from. */
  folder: string;
}

/** The stored data as a whole. */
export interface DataView {
  file: string;
  /** Why the database cannot be read at all; `null` while it is open. */
  unreadable: string | null;
  /** Whether the full check has been through since the start. */
  checked: boolean;
  /** What it has found; `sittingId` is `null` for the file as a whole. */
  damage: { sittingId: string | null; message: string }[];
  /** Newest first. */
  backups: { name: string; at: number; reason: 'migration' | 'sitting' | 'daily'; bytes: number }[];
}
