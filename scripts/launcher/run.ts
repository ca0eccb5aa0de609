import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from './context.js';
import { marked, settingsFor } from './environment.js';
import { exitOf } from './guard.js';
import { bringUp, type Lifetime } from './infrastructure.js';
import { Refusal } from './refusal.js';

function scriptPath(root: string, name: string): string {
  const file = [name, join('dist', name), `${join('dist', name)}.js`].find((path) =>
    existsSync(join(root, path)),
  );
  if (file === undefined)
    throw new Refusal(`There is no compiled ${name} under dist: name it as in "run scripts/seed.js".`);
  return file;
}

/** Runs a compiled script with infrastructure and settings, in the foreground; answers its exit code. */
export async function runCompiled(
  context: Context,
  name: string,
  args: readonly string[],
  lifetime: Lifetime = 'kept',
): Promise<number> {
  const script = scriptPath(context.root, name);
  const infrastructure = await bringUp(context, lifetime);
  try {
    const settings = settingsFor(process.env, infrastructure);
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', '--disable-warning=ExperimentalWarning', script, ...args],
      {
        cwd: context.root,
        stdio: 'inherit',
        env: marked(settings, context.markName, infrastructure.home),
      },
    );
    // Ctrl-C reaches the script by the terminal; its end is ours.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    return await exitOf(child);
  } finally {
    await infrastructure.stop();
  }
}

/** `run [--scratch] <file> [args]`: scratch servers keep the demo data out of it. */
export async function run(context: Context): Promise<number> {
  const isScratch = context.args[0] === '--scratch';
  const [name, ...args] = isScratch ? context.args.slice(1) : context.args;
  if (name === undefined)
    throw new Refusal('Which script? node scripts/taoyuan.mjs run [--scratch] <file under dist> [arguments]');
  return runCompiled(context, name, args, isScratch ? 'scratch-on-disk' : 'kept');
}
