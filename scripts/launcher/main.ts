import type { Context } from './context.js';
import { dev } from './dev.js';
import { infra } from './infra.js';
import { migrationNew } from './migration-new.js';
import { reset } from './reset.js';
import { run, runCompiled } from './run.js';
import { start } from './start.js';
import { test } from './test.js';

/** The typed half of the launcher; answers the exit code. */
export async function main(context: Context): Promise<number> {
  const { command, args, startedMs } = context;
  switch (command) {
    case 'start':
      return start(context, startedMs);
    case 'dev':
      return dev(context, startedMs);
    case 'test':
      return test(context);
    case 'migrate':
      return runCompiled(context, 'dist/scripts/migrate.js', args);
    case 'seed':
      return runCompiled(context, 'dist/scripts/seed.js', args);
    case 'bench':
      return runCompiled(context, 'dist/scripts/bench/main.js', args, 'scratch-on-disk');
    case 'run':
      return run(context);
    case 'infra':
      return infra(context);
    case 'reset':
      return reset(context);
    case 'migration:new':
      return migrationNew(context);
    default:
      throw new Error(`the bootstrap knows a command that the launcher does not: ${command}`);
  }
}
