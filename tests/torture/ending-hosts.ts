/** Ends of sittings on the built host: twice at once, once again, and cut off by a kill. */
import { join } from 'node:path';
import type { ActReply, ErrorCode, Reply } from '../../main/contract.ts';
import { seeded } from '../../main/exam/random.ts';
import { DATABASE } from '../../main/program.ts';
import { Candidate } from './candidate.ts';
import { startHost, withFolder, writeSmallPack, type Host } from './host.ts';
import { pause, pauseFinely } from './lanes.ts';
import { wrongEnds, type Ended } from './stored.ts';

/** Where the host runs, and how it is started again there. */
interface Place {
  host: Host;
  restart(): Promise<void>;
}

/** Ends a sitting in its own bad way. @returns what was wrong with the replies, in words. */
type WayToEnd = (place: Place, candidate: Candidate, random: () => number, count: Count) => Promise<string[]>;

/** Hears how often something happened, for the reader: that the trial meets what it is for. */
export type Count = (what: string) => void;

/** The host is killed within this many times what a command took just before: an end takes longer than another one. */
const KILL_WITHIN = 2;

/** Double click: two ends under way at once, each with an id of its own. One is taken, the other finds it done. */
const double: WayToEnd = async ({ host }, candidate) => {
  const ends = [candidate.ending(candidate.newRequestId()), candidate.ending(candidate.newRequestId())];
  const replies = await Promise.all(ends.map((end) => host.call('sitting.act', end)));
  return unless(replies.map(outcome).sort().join() === 'finished,ok', replies);
};

/** The same request again: at once, later, or among the last words of a page that is closed. Each is taken. */
const repeated: WayToEnd = async ({ host }, candidate, random) => {
  const end = candidate.ending(candidate.newRequestId());
  const { sittingId, seq, requestId, command } = end;
  const send = async (): Promise<Reply<unknown>> =>
    random() < 0.7
      ? host.call('sitting.act', end)
      : host.call('sitting.actAll', { sittingId, seq, commands: [{ requestId, command }] });
  const replies =
    random() < 0.5
      ? await Promise.all([send(), send()])
      : [await send(), await pause(random() * 20).then(send), await send()];
  return unless(
    replies.every(({ ok }) => ok),
    replies,
  );
};

/** The host is killed around the end; what had no reply is sent again with the same id, as the renderer does. */
const killed: WayToEnd = async (place, candidate, random, count) => {
  const start = performance.now();
  await candidate.send(place.host, { type: 'attend', kind: 'returned' });
  const usualMs = performance.now() - start;
  const end = candidate.ending(candidate.newRequestId());
  const replying = place.host.call('sitting.act', end).catch(() => null);
  await pauseFinely(random() * KILL_WITHIN * usualMs);
  await place.host.stop('SIGKILL');
  const before = await replying;
  await place.restart();
  const opened = await place.host.call('sitting.open', { sittingId: candidate.sittingId });
  const written = outcome(opened) === 'finished' ? 'killed: end written without a reply' : 'killed: end not written';
  count(before === null ? written : 'killed: end acknowledged');
  const wrong = unless(before === null || (before.ok && outcome(opened) === 'finished'), [before, opened]);
  const again = await place.host.call('sitting.act', end);
  return [...wrong, ...unless(again.ok && again.value.phase === 'finished', [again])];
};

/** The ways, by name. */
const WAYS = { double, repeated, killed };

/**
 * Some sittings in one data folder, all ended in the same way.
 * @returns for each that did not come to exactly one right result what is wrong, in words.
 */
export function endOnHost(way: keyof typeof WAYS, sittings: number, seed: string, count: Count): Promise<string[]> {
  return withFolder(async (folder) => {
    const exams = writeSmallPack(folder);
    const dataDir = join(folder, 'data');
    const random = seeded(seed);
    const place: Place = {
      host: await startHost(dataDir, exams),
      async restart() {
        this.host = await startHost(dataDir, exams);
      },
    };
    const all: Ended[] = [];
    const heard = new Map<string, string[]>();
    try {
      for (let at = 0; at < sittings; at++) {
        const candidate = await Candidate.start(place.host, `${way}-${at}`, random);
        for (let commands = Math.floor(random() * 12); commands > 0; commands--) await candidate.act(place.host);
        const { sittingId, answers } = candidate;
        const wrong = await WAYS[way](place, candidate, random, count);
        const report = await place.host.call('result.show', { sittingId });
        const reported = report.ok ? { points: report.value.score?.points ?? null, sealed: report.value.sealed } : null;
        heard.set(sittingId, [...candidate.wrong, ...wrong]);
        all.push({ sittingId, answers, reported });
      }
    } finally {
      await place.host.stop();
    }
    const stored = wrongEnds(join(dataDir, DATABASE), all);
    return all
      .map(({ sittingId }) => [...heard.get(sittingId)!, ...stored.get(sittingId)!].join('; '))
      .filter((words) => words !== '');
  });
}

function unless(right: boolean, replies: readonly (Reply<unknown> | null)[]): string[] {
  return right ? [] : [`replies: ${replies.map(outcome).join(', ')}`];
}

function outcome(reply: Reply<unknown> | Reply<ActReply> | null): 'ok' | ErrorCode | 'none' {
  return reply === null ? 'none' : reply.ok ? 'ok' : reply.code;
}
