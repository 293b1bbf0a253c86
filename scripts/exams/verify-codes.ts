/** Verifies the codes an item cites against the official tables, by their role. */
import { createHash } from 'node:crypto';
import type { Item } from '../../main/exam/pack.ts';
import { excludesOther, type Tables } from './tables.ts';

/** What `exams/codes.lock.json` holds: the verdicts, so that the check runs where the tables are not at hand. */
export interface CodesLock {
  year: number;
  sources: Tables['sources'];
  /** By item id, the digest of the cited codes that were verified. */
  items: Record<string, string>;
}

/** A digest of what an item cites; it changes when a code, a role or an option text does. */
export function citedDigest(item: Item): string {
  const cited = [item.key, item.options, item.codes, item.modifiers];
  return createHash('sha256').update(JSON.stringify(cited)).digest('hex').slice(0, 16);
}

/** The problems of one item's codes, in words. CPT codes are checked for their form only: no table of them may be used. */
export function verifyItem(item: Item, tables: Tables): string[] {
  const problems = item.codes.flatMap(({ system, code, role }) => {
    const verdict = verifyCode(system, code, role, tables);
    return verdict ? [`codes: ${system} ${code} (${role}) ${verdict}`] : [];
  });
  return [...problems, ...verifyKeyedCodes(item, tables)];
}

function verifyCode(
  system: Item['codes'][number]['system'],
  code: string,
  role: string,
  tables: Tables,
): string | null {
  const used = role === 'key' || role === 'distractor';
  switch (system) {
    case 'ICD-10-CM': {
      const billable = tables.diagnoses.get(code.replace('.', ''));
      if (role === 'invalid') return billable ? 'is said to be invalid but is billable' : null;
      if (billable === undefined) return `is not in ICD-10-CM ${tables.year}`;
      return used && !billable ? 'is not billable: more characters are needed' : null;
    }
    case 'ICD-10-PCS': {
      const valid = tables.procedures.has(code);
      if (role === 'invalid') return valid ? 'is said to be invalid but can be built from the tables' : null;
      return used && !valid ? 'cannot be built from the tables' : null;
    }
    case 'HCPCS': {
      const live = tables.supplies.get(code);
      if (code.startsWith('D')) return 'is a CDT code, which may not be used';
      if (role === 'invalid') return live ? 'is said to be invalid but is live' : null;
      if (live === undefined) return 'is not in the HCPCS list';
      return role === 'key' && !live ? 'is not surely live in 2026' : null;
    }
    case 'CPT':
      return /^\d{4}[0-9FTU]$/.test(code) ? null : 'has not the form of a CPT code';
    case 'MS-DRG':
      return /^\d{3}$/.test(code) ? null : 'has not the form of an MS-DRG';
  }
}

/**
 * The keyed diagnoses taken together: all options of a multiple-select key belong to one claim. Their order means something
 * only inside one option. Z codes, and O09 for a prenatal visit (I.C.15.b.2), are listed first for outpatients, though
 * Medicare's inpatient editor refuses many.
 */
function verifyKeyedCodes(item: Item, tables: Tables): string[] {
  const text = item.options
    .filter((option) => item.key.includes(option.id))
    .map((option) => option.text)
    .join(' ');
  const inOrder = item.codes
    .filter(({ system, role, code }) => system === 'ICD-10-CM' && role === 'key' && text.includes(code))
    .sort((a, b) => text.indexOf(a.code) - text.indexOf(b.code))
    .map(({ code }) => code.replace('.', ''));
  const [first] = inOrder;
  const problems: string[] = [];
  if (item.type === 'single' && first && !/^(Z|O09)/.test(first) && tables.notFirst.has(first))
    problems.push(`key: ${first} may not be first-listed`);
  inOrder.forEach((code, index) => {
    for (const other of inOrder.slice(index + 1))
      if (excludesOther(tables, code, other) || excludesOther(tables, other, code))
        problems.push(`key: ${code} and ${other} exclude each other (Excludes1)`);
  });
  return problems;
}
