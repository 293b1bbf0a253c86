/** Commands of a candidate to the small form, by chance; and the events they leave. */
import type { SittingFact, TextRange } from '../../main/exam/events.ts';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { KEYS } from '../support/pack.ts';

const OPTIONS = ['a', 'b', 'c', 'd'];
/** The texts, and the length of them, in which the model of the tests can mark. */
const TEXTS = ['stem:1', 'scenario:stay:0'];
const MARKED_WITHIN = 10;
/** As the contract has it. */
const LONGEST_NOTE = 4000;
const MULTIPLE = 5;

/** Mostly answers, half of them right; now and then one that the rules refuse. */
export function randomCommand(random: () => number): SittingCommand {
  const below = (count: number) => Math.floor(random() * count);
  const option = () => OPTIONS[below(OPTIONS.length)]!;
  const number = 1 + below(KEYS.length);
  const on = random() < 0.6;
  const kind = random();
  if (kind < 0.22) return { type: 'visit', number: random() < 0.02 ? KEYS.length + 1 : number };
  if (kind < 0.55) return { type: 'respond', number, options: random() < 0.5 ? [...KEYS[number - 1]!] : choice() };
  if (kind < 0.67) return { type: 'strike', number, option: option(), on };
  if (kind < 0.77) return { type: 'flag', number, on };
  if (kind < 0.87) return { type: 'note', number, text: note() };
  if (kind < 0.95) return { type: 'highlight', text: TEXTS[below(TEXTS.length)]!, ranges: ranges() };
  if (kind < 0.98) return { type: 'read', number };
  return { type: 'attend', kind: random() < 0.5 ? 'left-window' : 'returned' };

  function choice(): string[] {
    if (number !== MULTIPLE) return random() < 0.1 ? [] : [option()];
    return OPTIONS.filter(() => random() < 0.5);
  }

  /** Long ones take several pages of the database. */
  function note(): string {
    const length = random() < 0.15 ? below(LONGEST_NOTE) : below(40);
    return Array.from({ length }, () => 'aä€ 7'[below(5)]).join('');
  }

  function ranges(): TextRange[] {
    const start = below(MARKED_WITHIN - 3);
    const first = { start, end: start + 1 + below(2) };
    return random() < 0.2 ? [] : random() < 0.5 ? [first] : [first, { start: first.end + 1, end: MARKED_WITHIN }];
  }
}

/** The event a command leaves where it changes something. */
export function factOf(command: SittingCommand): SittingFact {
  switch (command.type) {
    case 'agree':
      return { type: 'agreed', payload: {} };
    case 'decline':
      return { type: 'finished', payload: { cause: 'declined' } };
    case 'end':
      return { type: 'finished', payload: { cause: 'candidate' } };
    case 'visit':
      return { type: 'visited', payload: { number: command.number } };
    case 'respond':
      return { type: 'responded', payload: { number: command.number, options: command.options.toSorted() } };
    case 'strike':
      return { type: 'struck', payload: { number: command.number, option: command.option, on: command.on } };
    case 'flag':
      return { type: 'flagged', payload: { number: command.number, on: command.on } };
    case 'note':
      return { type: 'noted', payload: { number: command.number, text: command.text } };
    case 'highlight':
      return { type: 'highlighted', payload: { text: command.text, ranges: command.ranges } };
    case 'read':
      return { type: 'read', payload: { number: command.number } };
    case 'attend':
      return { type: 'attention', payload: { kind: command.kind } };
  }
}
