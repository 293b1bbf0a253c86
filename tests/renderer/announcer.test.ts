import { expect, it } from 'vitest';
import { announcer } from '../../renderer/state/announcer.svelte.ts';

it.each(['polite', 'assertive'] as const)('a sentence said again is new to a screen reader (%s)', (how) => {
  const say = (text: string) => (how === 'polite' ? announcer.say(text) : announcer.interrupt(text));
  say('Not saved.');
  const first = announcer[how];
  say('Not saved.');
  expect(announcer[how]).not.toBe(first);
  expect(announcer[how].trim()).toBe('Not saved.');
});
