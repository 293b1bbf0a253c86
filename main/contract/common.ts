/** Parts of input schemas that several methods share. */
import * as v from 'valibot';

export const sittingId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
/** An item's number in its form. */
export const number = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
export const option = v.pipe(v.string(), v.maxLength(8));
/** Of a pack, a form or an exam. */
export const shortId = v.pipe(v.string(), v.maxLength(64));
/** Chosen by the caller; a retry with the same id gets the same reply and records nothing new. */
export const requestId = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{8,40}$/, 'must be 8 to 40 letters, digits, - or _'),
);

export const Nothing = v.strictObject({});
export const OneSitting = v.strictObject({ sittingId });
