/** Where the focus goes when one screen takes the place of another. */
import { router } from './router.svelte.ts';

/**
 * An attachment for the heading of a screen. One who comes from another screen has lost the focus with the control that was
 * pressed there: the heading takes it, so that a screen reader says where one is and Tab goes on from there. At the first
 * screen, and where something else has the focus, it stays where it is.
 */
export function arrival(heading: HTMLElement): void {
  if (!router.hasMoved || document.activeElement !== document.body) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
