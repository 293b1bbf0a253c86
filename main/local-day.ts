/** Which calendar day it is where the candidate is. */
import type { Day } from './study/days.ts';

/** Tells the local calendar day of a moment, ms since 1970; injected, so that tests own it. */
export type LocalDay = (atMs: number) => Day;

/** By the machine's time zone, as it stands at the call. */
export const machineDay: LocalDay = (atMs) => {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
};
