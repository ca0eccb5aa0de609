import { jest } from '@jest/globals';

/** What a spec file calls at its top level; everything else happens inside one of these. */
const NAMES = ['describe', 'it', 'beforeAll', 'beforeEach', 'afterAll', 'afterEach'] as const;

type Call = (...args: readonly unknown[]) => unknown;
type Registrar = Call & { each?(table: unknown): Call };

/** Takes down what is called on `real`, to be called later. */
function recorderOf(real: Registrar, calls: (() => unknown)[]): Registrar {
  return Object.assign((...args: readonly unknown[]) => calls.push(() => real(...args)), {
    each:
      (table: unknown) =>
      (...args: readonly unknown[]) =>
        calls.push(() => real.each?.(table)(...args)),
  });
}

/**
 * Several spec files in one environment, so that what they import is loaded once and not once each, which takes longer
 * than most of them run. Each keeps to itself: its hooks, also those of its top level, apply to its own cases alone,
 * what it spied on is given back, and the databases it leaves behind are as new for the next.
 */
export async function shelve(files: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
  // Rules need no database, nor to wait until what opens one is loaded.
  if (Object.keys(files).some((file) => file.startsWith('test/'))) {
    const { discardDatabases, keepDatabases } = await import('./database.js');
    keepDatabases();
    afterAll(discardDatabases);
  }
  const globals = globalThis as unknown as Record<string, Registrar>;
  for (const [file, load] of Object.entries(files)) {
    const calls: (() => unknown)[] = [];
    const real = Object.fromEntries(NAMES.map((name) => [name, globals[name] as Registrar]));
    for (const name of NAMES) globals[name] = recorderOf(real[name] as Registrar, calls);
    try {
      await load();
    } finally {
      Object.assign(globals, real);
    }
    if (calls.length === 0)
      throw new Error(`${file} has no cases, or takes \`describe\` from @jest/globals.`);
    describe(file, () => {
      for (const call of calls) call();
      afterAll(() => void jest.restoreAllMocks());
    });
  }
}
