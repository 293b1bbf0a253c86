/** How a question was checked, in words, as its pack tells it. */
import type { ReviewItem } from '../../main/insight/report.ts';
import { plural } from './format.ts';

/** @returns two or three sentences; they claim no blind solver where there was none. */
export function checkedText(verification: ReviewItem['verification']): string {
  const { authorityChecked, blindSolves, agreedAtFirst, rewritten, note } = verification;
  const authority = {
    local: 'the official text or table was read',
    secondary: 'a public page agrees',
    memory: 'no text was at hand' + (blindSolves > 0 ? '; the blind solvers named the same rule' : ''),
  }[authorityChecked];
  const solved =
    blindSolves > 0
      ? `${agreedAtFirst} of ${plural(blindSolves, 'blind solver')} agreed without knowing the key`
      : 'nobody has solved it without knowing the key';
  const checked = `Checked: ${authority}; ${solved}${rewritten ? ', rewritten since' : ''}.`;
  return note ? `${checked} ${note}` : checked;
}
