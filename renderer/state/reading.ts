/** Whether what scrolls on the question screen has been seen to its end. */

/** Less than a line below the edge counts as seen, px. */
const SLACK_PX = 24;

/** Whether a scrolling element shows its end, or all of itself. */
export function showsEnd(pane: Element): boolean {
  return pane.scrollHeight - pane.scrollTop - pane.clientHeight <= SLACK_PX;
}

/** The parts of the question on screen that can scroll: the whole, where it scrolls as one, and its panes. */
export function questionPanes(desk: Element): Element[] {
  return [desk, ...desk.querySelectorAll('[data-pane]')];
}
