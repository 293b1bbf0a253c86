/** Tables as CSV (RFC 4180). */

/** Excel takes a file without it for one in the machine's old code page, and shows names in it wrongly. */
const BYTE_ORDER_MARK = '\ufeff';

/** What a spreadsheet takes for the beginning of a formula, the full-width forms of the signs among them. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** `null` is an empty cell. */
export type Cell = string | number | null;

/**
 * A table as text: lines end with CR LF, a cell with a comma, a quote or a line break is quoted. A text that a spreadsheet
 * would run as a formula gets an apostrophe before it, as OWASP advises ("CSV Injection"); numbers are never touched.
 */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
