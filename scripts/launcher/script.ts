import { LogLines } from './log-lines.js';
import type { Settings } from './environment.js';
import { exitOf, killGroup, spawnGuarded } from './guard.js';
import { Refusal } from './refusal.js';

const GRACE_SECONDS = 5;
const DETAIL_LENGTH_MAX = 60;

/** Runs a compiled script to its end or until it is `leaving`, quietly; its last line is the answer when it is short. */
export async function runScript(
  script: string,
  settings: Settings,
  cwd: string,
  leaving?: AbortSignal,
): Promise<string> {
  const child = spawnGuarded({
    command: process.execPath,
    args: ['--enable-source-maps', '--disable-warning=ExperimentalWarning', script],
    env: settings,
    cwd,
    killAfterSeconds: GRACE_SECONDS,
    output: 'pipe',
  });
  leaving?.addEventListener('abort', () => killGroup(child, 'SIGTERM'), { once: true });
  const lines = new LogLines();
  child.stdout?.on('data', lines.take);
  child.stderr?.on('data', lines.take);
  const closed = new Promise((resolve) => child.once('close', resolve));
  const code = await exitOf(child);
  await closed;
  lines.flush();
  if (code !== 0) {
    throw new Refusal(
      `${script} ended with code ${code}; mend what its last lines name and run the command again.\n\n${lines.tail}`,
    );
  }
  const last = lines.tail.split('\n').at(-1) ?? '';
  return last.length <= DETAIL_LENGTH_MAX ? last : '';
}
