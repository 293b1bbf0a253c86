/** The tasks of a study plan in words. */
import type { CatchUp, PlanTask, TaskState } from '../../main/study/plan.ts';
import { dayText } from './days.ts';
import { hoursText, plural } from './format.ts';

/** `Full mock 2`. */
export function taskTitle(task: PlanTask): string {
  switch (task.kind) {
    case 'mock':
      return task.mock === 1 ? 'Full mock 1, your baseline' : `Full mock ${task.mock}`;
    case 'review':
      return `Review of mock ${task.mock}`;
    case 'practice':
      return `Practice, ${plural(task.minutes, 'minute')}`;
    case 'ready':
      return 'Lay out books, papers and the way there';
    case 'exam':
      return 'Your exam';
  }
}

/** What is to be done, beside the title. */
export function taskAbout(task: PlanTask): string {
  switch (task.kind) {
    case 'mock':
      if (task.sat) return task.sat.formTitle;
      return `${task.form ? `${task.form.title}, ` : ''}${hoursText(task.minutes)} in one go, by the clock`;
    case 'review':
      return task.state === 'done'
        ? 'misses tagged'
        : `each miss: why, and by which rule; about ${hoursText(task.minutes)}`;
    case 'practice':
      if (task.focus.kind === 'area') return task.focus.title;
      return task.focus.kind === 'due' ? 'questions you have missed before' : 'areas mixed';
    case 'ready':
      return 'no practice today; sleep does more';
    case 'exam':
      return 'good luck';
  }
}

const STATES: Record<TaskState, string> = {
  done: 'Done',
  today: 'Today',
  ahead: '',
  missed: 'Not done',
  open: 'Still open',
  waits: 'After its mock',
  past: '',
};

export function stateText({ state }: PlanTask): string {
  return STATES[state];
}

/** What to do about something missed, without reproach. */
export function catchUpText(one: CatchUp): string {
  switch (one.kind) {
    case 'move':
      return `Mock ${one.mock} of ${dayText(one.from)} was not sat. It still fits on ${dayText(one.to)}.`;
    case 'skip':
      return one.next === null
        ? `Mock ${one.mock} of ${dayText(one.from)} was not sat, and there is no room for it: the last week is for rest and short sets. Leave it out.`
        : `Mock ${one.mock} of ${dayText(one.from)} was not sat. Leave it out; the next one is on ${dayText(one.next)}.`;
    case 'review':
      return `Mock ${one.mock} is still to be reviewed. Looked at soon, its wrong answers stick least.`;
    case 'sessions':
      return `${plural(one.count, 'practice session')} of the last seven days ${one.count === 1 ? 'was' : 'were'} not held. Do not make up for them in one go; go on with the next.`;
  }
}
