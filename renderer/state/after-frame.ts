/** No frame is later than this on a page that is shown, ms; without one the call goes out all the same. */
const NO_FRAME_MS = 100;

/**
 * Waits until what was just changed is on screen, so that work behind it does not hold the frame up: a call to the
 * host keeps browser and host busy for as long as showing a click takes. Where no frame will come, because the page is
 * hidden, covered or being left, it does not wait for one.
 */
export function afterFrame(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(latest);
      removeEventListener('pagehide', go);
      document.removeEventListener('visibilitychange', go);
      resolve();
    };
    const latest = setTimeout(go, NO_FRAME_MS);
    // The timer is a task of its own, behind the frame's style, layout and paint.
    requestAnimationFrame(() => setTimeout(go));
    addEventListener('pagehide', go);
    document.addEventListener('visibilitychange', go);
  });
}
