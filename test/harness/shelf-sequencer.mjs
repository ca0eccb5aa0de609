import TestSequencer from '@jest/test-sequencer';

/** Shelves in the order of their numbers: what takes longest comes first, so that no worker is left with it at the end. */
export default class ShelfSequencer extends TestSequencer {
  sort(tests) {
    return [...tests].toSorted((a, b) => a.path.localeCompare(b.path));
  }
}
