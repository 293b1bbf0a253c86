import { expect, it } from 'vitest';
import { checkedText } from '../../renderer/state/checked.ts';

const solved = { blindSolves: 2, agreedAtFirst: 2, rewritten: false };

it.each([
  [
    { authorityChecked: 'local', ...solved },
    'Checked: the official text or table was read; 2 of 2 blind solvers agreed without knowing the key.',
  ],
  [
    { authorityChecked: 'memory', ...solved, blindSolves: 1, agreedAtFirst: 1 },
    'Checked: no text was at hand; the blind solvers named the same rule; 1 of 1 blind solver agreed without knowing the key.',
  ],
  [
    { authorityChecked: 'secondary', ...solved, rewritten: true, note: 'Reworded in May.' },
    'Checked: a public page agrees; 2 of 2 blind solvers agreed without knowing the key, rewritten since. Reworded in May.',
  ],
  [
    { authorityChecked: 'memory', blindSolves: 0, agreedAtFirst: 0, rewritten: false },
    'Checked: no text was at hand; nobody has solved it without knowing the key.',
  ],
] as const)('%j', (verification, text) => expect(checkedText(verification)).toBe(text));
