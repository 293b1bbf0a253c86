/**
 * The one file that knows its host: Electron's bridge where the preload put it, else the web host this page came from.
 */
import { afterFrame } from './state/after-frame.ts';
import type { ExamApi, Input, Method, Outputs, Push, Reply } from '../main/contract.ts';

declare global {
  interface Window {
    /** Set by the preload in Electron. */
    codehall?: ExamApi;
  }
}

/** How long to wait before asking for a lost stream again, ms. */
const RECONNECT_MS = 1_000;
const TOKEN_KEY = 'codehall-token';

export const api: ExamApi = window.codehall ?? webApi();

/**
 * Prints the report on the screen or saves it as a PDF: in Electron main asks where to; a browser's own dialog does both.
 * @returns what there is to say of it, empty for nothing.
 */
export async function printReport(sittingId: string): Promise<string> {
  if (!window.codehall) {
    print();
    return '';
  }
  const reply = await window.codehall.call('result.pdf', { sittingId });
  if (!reply.ok) return reply.message;
  return reply.value.file === null ? '' : `Saved as ${reply.value.file}.`;
}

/**
 * The token comes in the address the program printed and is kept for this tab, so that a reload keeps working;
 * it is taken out of the address so that it is not shown or shared.
 */
function takeToken(): string {
  const given = /^#token=([\w-]+)/.exec(location.hash)?.[1];
  if (given) {
    sessionStorage.setItem(TOKEN_KEY, given);
    history.replaceState(null, '', location.pathname);
  }
  return given ?? sessionStorage.getItem(TOKEN_KEY) ?? '';
}

function webApi(): ExamApi {
  const authorization = `Bearer ${takeToken()}`;
  return {
    async call<M extends Method>(method: M, input: Input<M>): Promise<Reply<Outputs[M]>> {
      // A click shows before it is sent; both are within a frame, and only the host's reply makes it saved.
      if (method === 'sitting.act') await afterFrame();
      try {
        const response = await fetch(`/api/${method}`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify(input),
          // So that the last words of a page that is closed arrive. A browser refuses it for more than 64 kB.
          keepalive: method !== 'history.import',
        });
        if (response.status === 401)
          return {
            ok: false,
            code: 'unreachable',
            message: 'This address has no key to Codehall. Open it again with "npm start".',
          };
        return (await response.json()) as Reply<Outputs[M]>;
      } catch {
        return { ok: false, code: 'unreachable', message: 'Codehall does not answer. Is its program still running?' };
      }
    },
    watch(sittingId, hear) {
      const stop = new AbortController();
      void listen(sittingId, authorization, hear, stop.signal);
      return () => stop.abort();
    },
  };
}

async function listen(sittingId: string, authorization: string, hear: (push: Push) => void, signal: AbortSignal) {
  while (!signal.aborted) {
    try {
      const response = await fetch(`/watch/${encodeURIComponent(sittingId)}`, { headers: { authorization }, signal });
      const lines = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (let part = await lines.read(); !part.done; part = await lines.read()) {
        const complete = (rest + part.value).split('\n');
        rest = complete.pop()!;
        for (const line of complete) if (line) hear(JSON.parse(line) as Push);
      }
    } catch {
      // Lost or stopped; the loop asks again unless it was stopped.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
  }
}
