/** Sittings that end badly: however it went, there is exactly one end, and one result, and it is right. */
import { endAtExpiry } from './ending-expiry.ts';
import { endOnHost } from './ending-hosts.ts';
import { inLanes } from './lanes.ts';
import { row, type Trial } from './trial.ts';

const KINDS = ['killed', 'double', 'repeated', 'expiry'] as const;
type Counts = Record<(typeof KINDS)[number], number>;
const FULL: Counts = { killed: 200, double: 200, repeated: 200, expiry: 200 };
/** A kill hits the moment between two writes about one time in ten; the other kinds need less luck. */
const SHORT: Counts = { killed: 24, double: 5, repeated: 5, expiry: 16 };
/** A backup is made and checked behind each end, so that a folder should not hold too many. */
const PER_FOLDER = 20;

export const ending: Trial = {
  name: 'ending',
  title: 'ends that come twice, again, around a kill, and at the second of expiry',
  async run(options) {
    const counts = options.short ? SHORT : FULL;
    const batches = batchesOf(counts);
    let wrong = 0;
    const met = new Map<string, number>();
    const countIt = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);
    await inLanes(batches.length, async (index) => {
      const { kind, first, count } = batches[index]!;
      const seed = `${options.seed}-ending-${kind}-${first}`;
      let faults: string[];
      try {
        faults = await (kind === 'expiry' ? endAtExpiry(count, seed, countIt) : endOnHost(kind, count, seed, countIt));
      } catch (error) {
        faults = Array.from({ length: count }, () => (error as Error).message);
      }
      wrong += faults.length;
      for (const words of new Set(faults)) options.say(`${kind} ${first} to ${first + count - 1}: ${words}`);
      options.say(`${kind}: ${first + count}`);
    });
    for (const [what, times] of met) options.say(`${what}: ${times}`);
    return [
      row(
        'ending: sittings without exactly one right result',
        KINDS.reduce((sum, kind) => sum + counts[kind], 0),
        wrong,
      ),
    ];
  },
};

/** The kinds in turn, so that each is met early. */
function batchesOf(counts: Counts): { kind: (typeof KINDS)[number]; first: number; count: number }[] {
  return KINDS.flatMap((kind) =>
    Array.from({ length: Math.ceil(counts[kind] / PER_FOLDER) }, (_, at) => {
      const first = at * PER_FOLDER;
      return { kind, first, count: Math.min(PER_FOLDER, counts[kind] - first) };
    }),
  ).sort((a, b) => a.first - b.first);
}
