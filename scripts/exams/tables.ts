/** Reads the official code tables: ICD-10-CM and ICD-10-PCS order files, tabular notes, HCPCS list, Medicare's diagnosis lists. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface Tables {
  year: number;
  /** File name and SHA-256 of each source. */
  sources: { file: string; sha256: string }[];
  /** ICD-10-CM codes without dot; the value says whether the code is billable. */
  diagnoses: Map<string, boolean>;
  procedures: Set<string>;
  /** HCPCS Level II codes; the value says whether the code is surely live in 2026. */
  supplies: Map<string, boolean>;
  /** Codes (without dot) that may not be first-listed: manifestations and others Medicare's editor refuses. */
  notFirst: Set<string>;
  /** Excludes1 notes: the category or code they stand at (without dot), and the codes or ranges they name. */
  excludes1: Map<string, string[]>;
}

const FILES = {
  diagnoses: 'icd10cm-fy2026-order/icd10cm-order-2026.txt.gz',
  procedures: 'icd10pcs-fy2026/icd10pcs_order_2026.txt.gz',
  supplies: 'hcpcs/hcpcs_2025_feb_scrape.tsv.gz',
  notes: 'icd10cm-tabular-notes/tabular_fy2026_reconstructed.jsonl.gz',
  edits: 'cms-misc/mce_edits.json.gz',
} as const;

/**
 * Reads the tables below a folder laid out as the official releases were gathered.
 * @throws Error naming the file that is missing.
 */
export function readTables(folder: string): Tables {
  const sources: Tables['sources'] = [];
  const read = (name: keyof typeof FILES): string => {
    const packed = readFileSync(join(folder, FILES[name]));
    sources.push({ file: FILES[name], sha256: createHash('sha256').update(packed).digest('hex') });
    return gunzipSync(packed).toString('utf8');
  };
  return {
    year: 2026,
    sources,
    diagnoses: new Map(orderRows(read('diagnoses'))),
    procedures: new Set(orderRows(read('procedures')).flatMap(([code, valid]) => (valid ? [code] : []))),
    supplies: supplyRows(read('supplies')),
    notFirst: notFirst(read('edits')),
    excludes1: excludes1(read('notes')),
  };
}

/** Fixed width: code in columns 7-13, billable flag in column 15. */
function orderRows(text: string): [string, boolean][] {
  return text
    .split('\n')
    .filter((line) => line.length > 15)
    .map((line) => [line.slice(6, 13).trim(), line[14] === '1']);
}

/** Live: in Medicare's unit edits of April 2026 and never terminated before; see the tables' own notes. */
function supplyRows(text: string): Map<string, boolean> {
  const [head, ...rows] = text.split('\n').filter(Boolean);
  const columns = head!.trimEnd().split('\t');
  const live = columns.indexOf('in_mue_apr2026');
  const ended = columns.indexOf('term_date_in_oct2020_file');
  return new Map(
    rows.map((row) => {
      const cells = row.replace(/\r$/, '').split('\t');
      return [cells[0]!, cells[live] === '1' && !cells[ended]];
    }),
  );
}

function notFirst(text: string): Set<string> {
  const { codes } = JSON.parse(text) as { codes: Record<string, { code: string }[]> };
  return new Set(
    ['manifestation_not_pdx', 'unacceptable_pdx'].flatMap((list) => codes[list]!.map((entry) => entry.code)),
  );
}

/** A note that means only some codes of a category, "with final characters", names no whole category and is left out. */
function excludes1(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    if (!line) continue;
    const { id, notes } = JSON.parse(line) as { id: string; notes: [string, string][] };
    if (!/^[A-Z]\d/.test(id) || id.includes('-')) continue;
    const named = notes
      .filter(([kind]) => kind === 'excludes1')
      .flatMap(([, note]) => [
        ...note.matchAll(/[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?(?:-[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?)?(?!\.? with final)/g),
      ])
      .map(([code]) => code.replaceAll('.', ''));
    if (named.length > 0) found.set(id.replace('.', ''), named);
  }
  return found;
}

/** Whether an Excludes1 note at one code, or at a category over it, names the other. Codes without dot. */
export function excludesOther(tables: Tables, code: string, other: string): boolean {
  for (let length = code.length; length >= 3; length--)
    for (const named of tables.excludes1.get(code.slice(0, length)) ?? []) {
      const [from, to] = named.split('-') as [string, string?];
      if (to ? other.slice(0, from.length) >= from && other.slice(0, to.length) <= to : other.startsWith(from))
        return true;
    }
  return false;
}
