/** For hosts of tests that have no database file of their own to look after. */
import type { DataMethods } from '../../main/dispatch.ts';
import { Failure } from '../../main/failure.ts';

const refuse = (): never => {
  throw new Failure('refused', 'There are no stored data here.');
};

export const NO_DATA: DataMethods = {
  show: () => ({ file: '', unreadable: null, checked: false, damage: [], backups: [] }),
  diagnostics: () => '',
  isDamaged: () => false,
  restore: refuse,
  startFresh: refuse,
};
