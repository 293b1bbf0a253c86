/** A refusal on its way to the caller: thrown by the application, turned into a reply by the dispatcher. */
import type { ErrorCode, SittingView } from './contract.ts';

export class Failure extends Error {
  readonly code: ErrorCode;
  readonly view: SittingView | undefined;

  constructor(code: ErrorCode, message: string, view?: SittingView) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.view = view;
  }
}
