/** The proctor's eye: leaving the window and full screen, as a remote proctor would log it. */
import type { SittingSession } from './sitting.svelte.ts';

/** Logs until the returned function is called. */
export function watchAttention(session: SittingSession): () => void {
  let away = false;
  const left = () => {
    if (away) return;
    away = true;
    session.attend('left-window');
  };
  const back = () => {
    if (!away || document.hidden) return;
    away = false;
    session.attend('returned');
  };
  const visibility = () => (document.hidden ? left() : document.hasFocus() && back());
  const fullScreen = () => session.attend(document.fullscreenElement ? 'entered-full-screen' : 'left-full-screen');
  addEventListener('blur', left);
  addEventListener('focus', back);
  document.addEventListener('visibilitychange', visibility);
  document.addEventListener('fullscreenchange', fullScreen);
  return () => {
    removeEventListener('blur', left);
    removeEventListener('focus', back);
    document.removeEventListener('visibilitychange', visibility);
    document.removeEventListener('fullscreenchange', fullScreen);
  };
}
