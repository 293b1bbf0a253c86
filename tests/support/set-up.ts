/** Runs before each test file: one seed, so that every run tries the same cases. */
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_122, endOnFailure: false });
