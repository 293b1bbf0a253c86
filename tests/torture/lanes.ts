/** Work done by a few at a time. */

/** More at once only wait for the machine. */
const LANES = 2;

/** Does the work for each number from 0 to `count`, two at a time, in order of their beginning. */
export async function inLanes(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const { reason } of lanes.filter((end) => end.status === 'rejected')) throw reason;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A pause much finer than a timer's millisecond; the program goes on meanwhile, and busily. */
export async function pauseFinely(ms: number): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end;) await new Promise(setImmediate);
}
