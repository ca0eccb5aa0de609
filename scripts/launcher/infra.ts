import { spawn } from 'node:child_process';
import type { Context } from './context.js';
import { exitOf } from './guard.js';
import { bringUp, testAddresses, type Infrastructure } from './infrastructure.js';
import { stopRequested } from './signals.js';

function exports(infrastructure: Infrastructure): Record<string, string> {
  return {
    DATABASE_URL: infrastructure.databaseUrl,
    DATABASE_MIGRATION_URL: infrastructure.migrationUrl,
    REDIS_URL: infrastructure.redisUrl,
  };
}

/** Runs the command inside the servers' lifetime and answers its exit code. */
async function runWith(command: readonly string[], env: Record<string, string>): Promise<number> {
  const [program = 'true', ...args] = command;
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  // The terminal sends Ctrl-C to the command as well; its end is ours.
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', forward);
  return exitOf(child);
}

/** `infra [--test] [-- command …]`: servers alone, their addresses on stdout as shell exports, until stopped. */
export async function infra(context: Context): Promise<number> {
  const dashes = context.args.indexOf('--');
  const own = dashes === -1 ? context.args : context.args.slice(0, dashes);
  const command = dashes === -1 ? [] : context.args.slice(dashes + 1);
  const isTest = own.includes('--test');
  const stopping = stopRequested();
  const infrastructure = await bringUp(context, isTest ? 'scratch' : 'kept');
  try {
    const env = isTest
      ? { ...testAddresses(infrastructure), TEST: '1', NODE_ENV: 'test' }
      : exports(infrastructure);
    if (command.length > 0) return await runWith(command, env);
    for (const [name, value] of Object.entries(env)) process.stdout.write(`export ${name}='${value}'\n`);
    context.say('  The servers run until this command is stopped (Ctrl-C).');
    const keepAlive = setInterval(() => undefined, 60_000); // A promise alone does not keep the process.
    await stopping;
    clearInterval(keepAlive);
    return 0;
  } finally {
    await infrastructure.stop();
  }
}
