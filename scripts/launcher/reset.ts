import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Context } from './context.js';
import { keptHome, runDir } from './home.js';
import { Refusal } from './refusal.js';
import { isHeld } from './server.js';

/** What costs time to get again or holds nothing of a trial; locks belong to whoever has them. */
const KEPT = /^(pkgs|test|stripe-contract|packages\.sha256|secrets\.json|.*\.lock|.*\.flock)$/;

async function isConfirmed(context: Context): Promise<boolean> {
  if (context.args.includes('--yes')) return true;
  if (!process.stdin.isTTY) {
    throw new Refusal('This deletes the private databases: say so with "npm run reset -- --yes".');
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (
      (
        await prompt.question(
          'Delete the private databases and everything else that was entered here? [y/N] ',
        )
      )
        .trim()
        .toLowerCase() === 'y'
    );
  } finally {
    prompt.close();
  }
}

/** Deletes the private databases, never servers that were given by URL, and never under a running launcher. */
export async function reset(context: Context): Promise<number> {
  const home = keptHome(context);
  const serve = context.tryLock(join(home.dir, 'serve.lock'));
  if (serve.holder) {
    throw new Refusal(
      `Taoyuan runs from this checkout (process ${serve.holder.pid}): stop it with Ctrl-C there, then reset.`,
    );
  }
  try {
    const held = ['mariadb', 'redis'].filter((name) => isHeld(join(home.dir, `${name}.flock`)));
    if (held.length > 0) {
      throw new Refusal(
        `The private ${held.join(' and ')} server is in use by another command of this checkout: stop that one, then reset.`,
      );
    }
    const data = readdirSync(home.dir).filter((name) => !KEPT.test(name));
    if (data.length === 0) {
      context.say('There is nothing to delete.');
      return 0;
    }
    if (!(await isConfirmed(context))) {
      context.say('Nothing was deleted.');
      return 1;
    }
    rmSync(runDir(home), { recursive: true, force: true });
    for (const name of data) rmSync(join(home.dir, name), { recursive: true, force: true });
    context.say('Deleted. The next `npm start` loads Zhuzhou anew.');
    return 0;
  } finally {
    serve.release?.();
  }
}
