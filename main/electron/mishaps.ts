/** What is done when the window's page dies, or no longer answers: the candidate is told, and it is opened again. */
import type { App, BrowserWindow, Dialog } from 'electron';

export interface MishapParts {
  app: Pick<App, 'quit'>;
  dialog: Pick<Dialog, 'showMessageBox'>;
  window: BrowserWindow;
  /** The page is gone, and with it the candidate's view of the sitting. */
  pageGone(): void;
  logFault(error: unknown): void;
}

export function watchForMishaps({ app, dialog, window, pageGone, logFault }: MishapParts): void {
  const contents = window.webContents;
  /** Set while the candidate is asked about a page that does not answer. */
  let question: AbortController | null = null;
  /** The candidate has asked for the page to be opened anew. */
  let reopening = false;

  const askAfterDeath = async () => {
    // A way out stands beside: a page that dies at each start would otherwise never let go.
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      title: 'Codehall',
      message: 'The window stopped working',
      detail:
        'What was shown as saved is kept, and the clock stands. Codehall can open the window again where you were.',
      buttons: ['Open it again', 'Quit Codehall'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (window.isDestroyed()) return;
    if (response === 0) contents.reload();
    else app.quit();
  };

  const askWhileSilent = async () => {
    question = new AbortController();
    const { response } = await dialog
      .showMessageBox(window, {
        type: 'warning',
        title: 'Codehall',
        message: 'The window does not answer',
        detail:
          'It may be busy for a moment. If it stays so, it can be opened again: what was shown as saved is kept, and you come back to where you were.',
        buttons: ['Wait', 'Open it again'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
        signal: question.signal,
      })
      .finally(() => (question = null));
    if (response !== 1 || window.isDestroyed()) return;
    reopening = true;
    // A page that hangs cannot be loaded anew; one that is gone can.
    contents.forcefullyCrashRenderer();
  };

  contents.on('render-process-gone', (_event, { reason }) => {
    pageGone();
    question?.abort();
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (!reopening) return void askAfterDeath().catch(logFault);
    reopening = false;
    contents.reload();
  });
  window.on('unresponsive', () => {
    if (!question) void askWhileSilent().catch(logFault);
  });
  window.on('responsive', () => question?.abort());
}
