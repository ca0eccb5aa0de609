import base from '../../jest.config.mjs';
import { SHELVES, writeShelves } from './shelves.mjs';

/** The whole suite: spec files share environments. A part of it (`npm test -- <path>`) runs them one by one. */
writeShelves(process.cwd());

export default {
  ...base,
  rootDir: '../..',
  testMatch: [`<rootDir>/${SHELVES}/*.spec.ts`],
  testSequencer: '<rootDir>/test/harness/shelf-sequencer.mjs',
  reporters: ['default', '<rootDir>/test/harness/seconds-reporter.mjs'],
};
