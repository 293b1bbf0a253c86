/** What asks for the whole of a history of no more than a page. */
export const EVERYTHING = { examCode: null, form: null, sort: 'newest', from: 0, count: 200 } as const;
