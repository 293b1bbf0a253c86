import { expect, it } from 'vitest';
import { countSleep } from '../../main/sleep-clock.ts';

function clocks() {
  let running = 5_000;
  let uptime = 900_000;
  const read = countSleep(
    () => running,
    () => uptime,
  );
  return {
    read,
    run(ms: number) {
      running += ms;
      uptime += ms;
    },
    sleep(ms: number) {
      uptime += ms;
    },
  };
}

it('runs with the running clock', () => {
  const { read, run } = clocks();
  const before = read();
  run(1_234);
  expect(read() - before).toBe(1_234);
});

it('jumps ahead once by a sleep during which the running clock stood still', () => {
  const { read, run, sleep } = clocks();
  const before = read();
  run(400);
  sleep(3_600_000);
  run(100);
  expect(read() - before).toBe(3_600_500);
  run(1_000);
  expect(read() - before).toBe(3_601_500);
});

it('does not count what is too short to be told as an interruption, nor lets it add up', () => {
  const { read, run, sleep } = clocks();
  const before = read();
  for (let n = 0; n < 20; n++) {
    sleep(9_000);
    run(1_000);
    read();
  }
  expect(read() - before).toBe(20_000);
});
