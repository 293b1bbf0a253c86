/** The tutorial: three sample items about the exam screen itself, answered in memory; nothing is stored. */
import type { ExamApi, Reply, SittingView } from '../../main/contract.ts';
import type { CandidateItem } from '../../main/exam/candidate-view.ts';

const ITEMS: CandidateItem[] = [
  {
    number: 1,
    type: 'single',
    select: 1,
    stem: 'This is a question with one answer. Choose an option with the mouse, or press its letter or number. Then strike out two options you are sure are wrong: with the button at the end of the line, a right click, or Shift and the letter.\n\nWhen does an answer count in Codehall?',
    stemTextId: 'stem:1',
    options: [
      { id: 'a', text: 'As soon as it is chosen' },
      { id: 'b', text: 'Only after pressing Next' },
      { id: 'c', text: 'Only after the review screen' },
      { id: 'd', text: 'Only when the exam is ended by hand' },
    ],
    record: null,
    scenario: null,
  },
  {
    number: 2,
    type: 'multiple',
    select: 2,
    stem: 'This question has more than one answer and says how many. It is complete when exactly that many options are chosen; with more or fewer it stays incomplete, and nothing stops you from moving on.\n\nFlag it (Alt F), open the navigator (Alt G), and come back. Which two ways lead from one question to any other?',
    stemTextId: 'stem:2',
    options: [
      { id: 'a', text: 'The navigator: its grid, or a number typed into it' },
      { id: 'b', text: 'Waiting until the clock moves on' },
      { id: 'c', text: 'The review screen: its table of all questions' },
      { id: 'd', text: 'Ending the exam and starting it again' },
      { id: 'e', text: 'Hiding the clock' },
    ],
    record: null,
    scenario: null,
  },
  {
    number: 3,
    type: 'single',
    select: 1,
    stem: 'Some questions come with a record, as a case does. Record and question scroll each on their own. Select a few words of the record with the mouse and press the Highlight button that appears (or Alt L); select them again to remove the mark. Write a note with Alt M.\n\nWhat does the record say about the clock?',
    stemTextId: 'stem:3',
    options: [
      { id: 'a', text: 'It stops while the note is open' },
      { id: 'b', text: 'It can be hidden and comes back for the last five minutes' },
      { id: 'c', text: 'It starts again for each question' },
      { id: 'd', text: 'It counts only while a key is pressed' },
    ],
    record: {
      textId: 'record:3',
      title: 'About the room',
      sections: [
        {
          heading: 'Clock',
          text: 'The clock at the top right counts down. You can hide it; it comes back by itself for the last five minutes. Alt T says the time left. A notice appears when 30 and when 5 minutes are left. When time is up, the exam ends by itself and every answer chosen until then counts.',
        },
        {
          heading: 'Working order',
          text: 'Before you begin you choose the order in which Next leads through the questions: from the front, from the back, cases first or cases last. The numbers stay the same. You can jump to any question at any time, change any answer, and leave and come back as often as you like.',
        },
        {
          heading: 'If something happens',
          text: 'Every answer is on disk before it is shown as saved. Should the window close or the machine stop, open Codehall again: you find your place, your answers, strikes, flags and notes, and the time you had not used. An interruption is not charged; the report says how long it was.',
        },
        {
          heading: 'Before you leave a question',
          text: 'If you have not scrolled a record or a question to its end, you are told once before you leave it. The last lines of a record may hold the fact that decides the code.',
        },
      ],
    },
    scenario: null,
  },
];

/** The tutorial as a view; untimed, front to back. */
export function tutorialView(): SittingView {
  return {
    sittingId: 'tutorial',
    seq: 1,
    phase: 'exam',
    current: 1,
    clock: { elapsedMs: 0, remainingMs: null, limitMs: null, budgetLeftMs: null },
    exam: { code: 'Tutorial', name: 'Tutorial', codeYear: 0 },
    form: { id: 'tutorial', title: 'Try every tool' },
    blueprintVersion: '',
    agreementMinutes: 0,
    noticesAtMinutes: [],
    settings: { order: 'front-to-back', timeFactor: null, proctored: false, candidate: '' },
    sequence: ITEMS.map((item) => item.number),
    items: ITEMS,
    states: ITEMS.map((item) => ({
      visited: item.number === 1,
      response: [],
      struck: [],
      flagged: false,
      note: '',
      read: false,
      status: item.number === 1 ? ('incomplete' as const) : ('unseen' as const),
    })),
    highlights: {},
  };
}

/** Acknowledges everything and keeps nothing. */
export const tutorialApi: Pick<ExamApi, 'call'> = {
  call: (_method, input) => {
    const ended = 'command' in input && input.command.type === 'end';
    const reply = {
      ok: true,
      value: {
        seq: 1,
        phase: ended ? 'finished' : 'exam',
        current: 1,
        clock: { elapsedMs: 0, remainingMs: null, limitMs: null, budgetLeftMs: null },
        state: null,
      },
    };
    return Promise.resolve(reply as Reply<never>);
  },
};
