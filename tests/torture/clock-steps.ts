/** What can happen in a trace, and what the books have to say to it. */
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { LAST_WORDS_MS, LONGEST_STEP_MS, WITHOUT_WINDOW_MS } from './clock-books.ts';
import type { ClockTrace, Place } from './clock-trace.ts';

type Step = (trace: ClockTrace) => void;

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The program's timer comes this much late at most. */
const LATE_MS = 20;

/** The steps by where the candidate is, with how often each is taken. */
export const STEPS: Record<Place, readonly (readonly [weight: number, step: Step])[]> = {
  here: [
    [8, work],
    [4, act],
    [4, agree],
    [1, stall],
    [2, setWall],
    [1, changeDaylight],
    [3, sleepHere],
    [2, close],
    [1, leave],
    [1, reload],
    [1, secondWindow],
    [1, fallSilent],
    [2, kill],
    [1, killWithReply],
    [1, quit],
  ],
  gone: [
    [2, stayAway],
    [1, setWall],
    [1, changeDaylight],
    [1, sleepAway],
    [1, lastWord],
    [1, kill],
    [1, quit],
    [6, comeBack],
  ],
  off: [
    [2, passOff],
    [1, setWall],
    [1, boot],
    [4, comeBack],
  ],
};

/** Seconds of work, with the clock read each second. */
function work(trace: ClockTrace): void {
  const longest = trace.watched && trace.stage.phase === 'exam' ? 600 : 25;
  seconds(trace, Math.floor(trace.dice.size(1, longest)), true);
}

/** The machine is too busy to read the clock, for less than what counts as an interruption. */
function stall(trace: ClockTrace): void {
  const { dice, stage, books } = trace;
  const ms = dice.real(SECOND, LONGEST_STEP_MS - 1);
  stage.pass(ms);
  books.present(ms);
  stage.tick();
}

function act(trace: ClockTrace): void {
  partOfSecond(trace);
  trace.stage.act(someCommand(trace));
}

/** The agreement is accepted; the time of its phase is settled before. */
function agree(trace: ClockTrace): void {
  const { stage } = trace;
  if (stage.phase !== 'agreement') return act(trace);
  partOfSecond(trace);
  trace.settle();
  if (!stage.finished) stage.act({ type: 'agree' });
}

/** From a second to a year, in either direction. */
function setWall({ dice, stage }: ClockTrace): void {
  stage.setWall(dice.pick([-1, 1]) * dice.size(SECOND, 365 * DAY));
}

function changeDaylight({ dice, stage }: ClockTrace): void {
  stage.setWall(dice.pick([-HOUR, HOUR]));
}

/** The machine sleeps at the questions. */
function sleepHere(trace: ClockTrace): void {
  const { dice, stage, books } = trace;
  const length = dice.chance(0.3) ? dice.real(8 * SECOND, 12 * SECOND) : dice.size(200, 30 * DAY);
  const counted = dice.chance(0.5);
  const before = dice.real(0, SECOND);
  const after = dice.real(0, SECOND - before);
  stage.pass(before);
  books.present(before);
  if (trace.watched && dice.chance(0.3)) return sleepAnnounced(trace, length, counted, after);
  stage.sleep(length, counted);
  stage.pass(after);
  // A short sleep during which the clock stands still is neither charged nor told.
  const step = before + after + (counted || length > LONGEST_STEP_MS ? length : 0);
  if (step <= LONGEST_STEP_MS) books.present(step - before);
  else {
    books.present(after);
    books.interrupted();
    books.due.push('suspended');
  }
  if (dice.chance(0.5)) return;
  stage.tick();
  if (!trace.watched && step > WITHOUT_WINDOW_MS && !stage.finished) books.due.push('left');
}

/** As in Electron, which hears of it: the window is let go of, and held again at the first call after the sleep. */
function sleepAnnounced(trace: ClockTrace, length: number, counted: boolean, after: number): void {
  const { dice, stage, books } = trace;
  stage.closeWindows();
  if (stage.finished) return;
  stage.sleep(length, counted);
  if (dice.chance(0.5)) stage.tick();
  stage.pass(after);
  books.present(after);
  books.interrupted();
  books.due.push('left');
  if (stage.ask() !== null) stage.openWindow();
}

/** The window is closed. */
function close(trace: ClockTrace): void {
  if (!trace.watched) return leave(trace);
  partOfSecond(trace);
  trace.stage.closeWindows();
  goAway(trace);
}

/** The candidate goes back to the hall. */
function leave(trace: ClockTrace): void {
  partOfSecond(trace);
  trace.stage.leave();
  trace.stage.closeWindows();
  trace.stillOpen = false;
  goAway(trace);
}

/** The page is loaded again. */
function reload(trace: ClockTrace): void {
  close(trace);
  if (trace.stage.finished) return;
  trace.stage.pass(trace.dice.real(50, 900));
  comeBack(trace);
}

/** A second tab that comes and goes interrupts nothing. */
function secondWindow(trace: ClockTrace): void {
  const { dice, stage } = trace;
  if (!trace.watched) return act(trace);
  stage.openWindow();
  seconds(trace, dice.whole(1, 20), true);
  if (!stage.finished) stage.closeWindow();
  seconds(trace, dice.whole(0, 5), true);
}

/** A program without a window makes no call for a while. */
function fallSilent(trace: ClockTrace): void {
  if (trace.watched) return work(trace);
  silence(trace, WITHOUT_WINDOW_MS);
}

/** What the closed page had sent arrives late. */
function lastWord(trace: ClockTrace): void {
  const { stage, books } = trace;
  if (!trace.watched || !trace.stillOpen || stage.phase !== 'exam') return stayAway(trace);
  stage.pass(trace.dice.real(0, 2 * SECOND));
  books.due.push('left');
  stage.act(someCommand(trace, false));
  silence(trace, LAST_WORDS_MS);
}

function kill(trace: ClockTrace): void {
  const { stage, books } = trace;
  if (trace.place === 'here') {
    partOfSecond(trace);
    books.killed();
    trace.absence = 'crashed';
  }
  stage.kill();
  turnOff(trace);
}

/** The program dies when a command is stored and its reply not sent; the page sends it again later. */
function killWithReply(trace: ClockTrace): void {
  partOfSecond(trace);
  const sent = trace.stage.compose(someCommand(trace));
  trace.stage.send(sent, false);
  if (trace.stage.finished) return;
  trace.lost = sent;
  kill(trace);
}

function quit(trace: ClockTrace): void {
  if (trace.place === 'here') {
    partOfSecond(trace);
    trace.absence = 'left';
  }
  trace.stage.quit();
  if (!trace.stage.finished) turnOff(trace);
}

function stayAway(trace: ClockTrace): void {
  seconds(trace, trace.dice.whole(1, 60), false);
}

function sleepAway({ dice, stage }: ClockTrace): void {
  stage.sleep(dice.size(200, 30 * DAY), dice.chance(0.5));
  if (dice.chance(0.5)) stage.tick();
}

function passOff({ dice, stage }: ClockTrace): void {
  stage.pass(dice.size(100, 30 * DAY));
}

function boot(trace: ClockTrace): void {
  trace.stage.boot(trace.dice.real(0, DAY));
  trace.place = 'gone';
}

/** The sitting is opened again: the program is started where it must be, and the window comes before the call or after it. */
export function comeBack(trace: ClockTrace): void {
  const { dice, stage, books } = trace;
  if (trace.place === 'off') boot(trace);
  if (trace.lost) {
    // What changed nothing was not recorded; as a new call it opens the sitting.
    trace.stillOpen = !stage.journal.seenRequest(trace.lost.requestId);
    stage.send(trace.lost);
  }
  trace.lost = null;
  const windowFirst = trace.watched && dice.chance(0.5);
  if (windowFirst) {
    stage.openWindow();
    const until = dice.real(0, 900);
    stage.pass(until);
    if (trace.stillOpen) books.present(until);
  }
  books.due.push(trace.absence);
  stage.open();
  if (trace.watched && !windowFirst) stage.openWindow();
  trace.place = 'here';
  trace.stillOpen = true;
}

/** Seconds without a call, more than the rule keeps the clock running for. */
function silence(trace: ClockTrace, ruleMs: number): void {
  const { dice, stage, books } = trace;
  const first = dice.real(0, SECOND);
  stage.pass(first);
  stage.tick();
  seconds(trace, Math.ceil(ruleMs / SECOND) + dice.whole(1, 30), false);
  books.present(ruleMs);
  books.interrupted({ moreMs: LATE_MS });
  goAway(trace);
}

/** Seconds as the program's timer counts them. @param present whether they are to be charged. */
function seconds(trace: ClockTrace, count: number, present: boolean): void {
  const { dice, stage, books } = trace;
  for (let second = 0; second < count && !stage.finished; second++) {
    const ms = SECOND + dice.real(0, LATE_MS);
    stage.pass(ms);
    if (present) books.present(ms);
    stage.tick();
  }
}

/** Time at the questions since the last reading. */
function partOfSecond({ dice, stage, books }: ClockTrace): void {
  const ms = dice.real(0, SECOND);
  stage.pass(ms);
  books.present(ms);
}

function goAway(trace: ClockTrace): void {
  if (trace.stage.finished) return;
  trace.place = 'gone';
  trace.absence = 'left';
}

function turnOff(trace: ClockTrace): void {
  trace.place = 'off';
  trace.stillOpen = false;
}

/** @param withAttention whether it may be a word about the window's focus, which does not call the clock back to life. */
function someCommand({ dice, stage }: ClockTrace, withAttention = true): SittingCommand {
  const attention: SittingCommand = { type: 'attend', kind: dice.pick(['left-window', 'returned']) };
  if (stage.phase === 'agreement') return attention;
  const number = dice.whole(1, 6);
  const option = dice.pick(['a', 'b', 'c', 'd']);
  return dice.pick<SittingCommand>([
    { type: 'visit', number },
    { type: 'respond', number, options: [option] },
    { type: 'strike', number, option, on: dice.chance(0.5) },
    { type: 'flag', number, on: dice.chance(0.5) },
    { type: 'note', number, text: `${option} at last` },
    { type: 'read', number },
    ...(withAttention ? [attention] : []),
  ]);
}
