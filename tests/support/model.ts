/**
 * A slow, obvious model of the sitting, to hold the real one against. It mutates plain data by what each command
 * says and knows nothing of events.
 */
import fc from 'fast-check';
import type { TextRange } from '../../main/exam/events.ts';
import type { SittingCommand, SittingState } from '../../main/exam/sitting.ts';

const OPTIONS = ['a', 'b', 'c', 'd'];
const MULTIPLE = 5;
const COUNT = 6;

interface ModelItem {
  visited: boolean;
  response: Set<string>;
  struck: Set<string>;
  flagged: boolean;
  note: string;
  read: boolean;
}

/** A model of the small form. Highlights are characters, not ranges. */
export class Model {
  phase: 'agreement' | 'exam' | 'finished' = 'agreement';
  current = 1;
  attention: string[] = [];
  marked = new Map<string, Set<number>>();
  items: ModelItem[] = Array.from({ length: COUNT }, () => ({
    visited: false,
    response: new Set(),
    struck: new Set(),
    flagged: false,
    note: '',
    read: false,
  }));

  /** @returns whether the command was allowed. */
  run(command: SittingCommand): boolean {
    if (this.phase === 'finished') return false;
    if (command.type === 'attend') return (this.attention.push(command.kind), true);
    if (command.type === 'agree') return this.phase === 'agreement' && ((this.phase = 'exam'), true);
    if (command.type === 'decline') return this.phase === 'agreement' && ((this.phase = 'finished'), true);
    if (this.phase !== 'exam') return false;
    if (command.type === 'end') return ((this.phase = 'finished'), true);
    if (command.type === 'highlight') return this.#highlight(command.text, command.ranges);
    const item = this.items[command.number - 1];
    if (!item) return false;
    switch (command.type) {
      case 'visit':
        item.visited = true;
        this.current = command.number;
        return true;
      case 'flag':
        item.flagged = command.on;
        return true;
      case 'note':
        item.note = command.text;
        return true;
      case 'read':
        item.read = true;
        return true;
      case 'strike':
        if (!OPTIONS.includes(command.option)) return false;
        if (!command.on) item.struck.delete(command.option);
        else if (item.response.has(command.option)) return false;
        else item.struck.add(command.option);
        return true;
      case 'respond': {
        if (command.options.some((option) => !OPTIONS.includes(option))) return false;
        if (command.number !== MULTIPLE && command.options.length > 1) return false;
        const chosen = new Set(command.options);
        // An answer makes the item seen; asking for the answer it already has does nothing at all.
        if ([...chosen].sort().join() !== [...item.response].sort().join()) item.visited = true;
        item.response = chosen;
        for (const option of command.options) item.struck.delete(option);
        return true;
      }
    }
  }

  #highlight(text: string, ranges: readonly TextRange[]): boolean {
    if (text !== 'stem:1' && text !== 'scenario:stay:0') return false;
    const marked = new Set<number>();
    let last = -1;
    for (const { start, end } of ranges) {
      if (end <= start || end > 10) return false;
      for (let at = start; at < end; at++) {
        if (at <= last) return false;
        marked.add((last = at));
      }
    }
    this.marked.delete(text);
    if (marked.size > 0) this.marked.set(text, marked);
    return true;
  }
}

/** What of a state the model knows too, in its shape. */
export function asModel(state: SittingState): unknown {
  return {
    phase: state.phase,
    current: state.current,
    attention: state.attention.map((entry) => entry.kind),
    marked: new Map(
      Object.entries(state.highlights)
        .filter(([, ranges]) => ranges.length > 0)
        .map(([text, ranges]) => [
          text,
          new Set(ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index))),
        ]),
    ),
    items: state.items.map((item) => ({
      ...item,
      response: new Set(item.response),
      struck: new Set(item.struck),
    })),
  };
}

const number = fc.integer({ min: 0, max: 7 });
const option = fc.constantFrom(...OPTIONS, 'e');
const on = fc.boolean();
const range = fc
  .tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }))
  .map(([start, end]) => ({ start, end }));

/** Commands to the small form, most of them allowed. */
export const someCommand: fc.Arbitrary<SittingCommand> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom({ type: 'agree' } as const, { type: 'decline' } as const) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('visit' as const), number }) },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('respond' as const),
      number,
      options: fc.oneof(
        option.map((one) => [one]),
        fc.array(option, { maxLength: 4 }),
      ),
    }),
  },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('strike' as const), number, option, on }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('flag' as const), number, on }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('note' as const), number, text: fc.constantFrom('', 'x', 'ünïcode 🙂') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('highlight' as const),
      text: fc.constantFrom('stem:1', 'scenario:stay:0', 'stem:9'),
      ranges: fc.array(range, { maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('read' as const), number }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('attend' as const),
      kind: fc.constantFrom('left-window' as const, 'returned' as const),
    }),
  },
);

/** A session: the agreement, then commands, and at times the end in the middle. */
export const someCommands: fc.Arbitrary<SittingCommand[]> = fc
  .tuple(
    fc.array(someCommand, { maxLength: 3 }),
    fc.array(someCommand, { maxLength: 60 }),
    fc.option(fc.constant({ type: 'end' } as const)),
    fc.array(someCommand, { maxLength: 3 }),
  )
  .map(([before, during, end, after]) => [
    ...before,
    { type: 'agree' } as const,
    ...during,
    ...(end ? [end] : []),
    ...after,
  ]);
