/** Marks in the texts of a question, painted by the browser's custom highlights; the text itself stays untouched. */
import type { TextRange } from '../../main/exam/events.ts';

const NAME = 'codehall-mark';

/** Elements that hold one highlightable text as their only text node carry its id in `data-text`. */
const SELECTOR = '[data-text]';

/** Paints the highlights of every text on the page. */
export function paintHighlights(root: ParentNode, highlights: Readonly<Record<string, readonly TextRange[]>>): void {
  const ranges: Range[] = [];
  for (const element of root.querySelectorAll<HTMLElement>(SELECTOR)) {
    const node = element.firstChild;
    for (const { start, end } of highlights[element.dataset['text']!] ?? []) {
      if (!(node instanceof Text) || end > node.length) continue;
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
      ranges.push(range);
    }
  }
  CSS.highlights.set(NAME, new Highlight(...ranges));
}

export interface SelectedText {
  text: string;
  range: TextRange;
  /** Where the selection ends on the page, for a button beside it. */
  rect: DOMRect;
}

/** The selection, when it lies in one highlightable text. */
export function selectedText(): SelectedText | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const holder = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>(SELECTOR);
  const element = holder(range.startContainer);
  if (!element) return null;
  const node = element.firstChild;
  if (!(node instanceof Text)) return null;
  const start = range.startContainer === node ? range.startOffset : 0;
  // A double or triple click often ends the selection at the start of the next block.
  const end = range.endContainer === node ? range.endOffset : node.length;
  if (holder(range.endContainer) !== element && range.endOffset !== 0) return null;
  if (end <= start) return null;
  return { text: element.dataset['text']!, range: { start, end }, rect: range.getBoundingClientRect() };
}

/** Adds a range to highlights, or takes it away when all of it is marked. The result is in order, without overlap. */
export function toggleRange(held: readonly TextRange[], range: TextRange): TextRange[] {
  const covered = held.some((mark) => mark.start <= range.start && mark.end >= range.end);
  if (covered)
    return held.flatMap((mark) =>
      [
        { start: mark.start, end: Math.min(mark.end, range.start) },
        { start: Math.max(mark.start, range.end), end: mark.end },
      ].filter((piece) => piece.end > piece.start),
    );
  const touching = held.filter((mark) => mark.start <= range.end && mark.end >= range.start);
  const merged = {
    start: Math.min(range.start, ...touching.map((mark) => mark.start)),
    end: Math.max(range.end, ...touching.map((mark) => mark.end)),
  };
  return [...held.filter((mark) => !touching.includes(mark)), merged].sort((a, b) => a.start - b.start);
}
