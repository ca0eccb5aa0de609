import base from '../../jest.config.mjs';

const [, options] = base.transform['^.+\\.ts$'];

/** The suite's own configuration, without the guards that `MUTANTS` names. */
export default {
  ...base,
  rootDir: '../..',
  globalSetup: '<rootDir>/test/mutation/global-setup.mjs',
  transform: { ...base.transform, '^.+\\.ts$': ['<rootDir>/test/mutation/transformer.mjs', options] },
  maxWorkers: 1,
};
