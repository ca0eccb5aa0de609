import type { ChildProcess } from 'node:child_process';
import type { Context } from './context.js';
import { type Settings, usesSandbox } from './environment.js';
import { exitOf, killGroup, spawnGuarded } from './guard.js';
import { LogLines } from './log-lines.js';
import { Refusal } from './refusal.js';

const COUNT_DEFAULT = 20;
const COUNT_MAX = 2_000;
/** They say what they still have to say; what they could not is lost with them, for they are not real. */
const GRACE_SECONDS = 5;
/** How they say that they are there. */
const THERE = /^\d+ cabinets at /m;

/** The screen of one of them, as its machine opens it. */
const SCREEN = /^screen (\S+)$/m;
/** That of one with cells, where a parcel of the story lies. */
const LOCKER = /^locker (\S+)$/m;

/** A word about them: how many, and one whose screen anybody at this desk may open. */
export function wordOf(count: number, said: string): string {
  const screen = SCREEN.exec(said)?.[1];
  const locker = LOCKER.exec(said)?.[1];
  const open = screen === undefined ? '' : `\n  the screen of one, with its code: ${screen}`;
  const parcel =
    locker === undefined
      ? ''
      : `\n  the screen of a locker where a parcel of 小禾 lies, whose code stands on her order: ${locker}`;
  return `${count} simulated; DEMO_CABINETS=0 leaves them out${open}${parcel}`;
}

/**
 * DEMO_CABINETS. Unless it is said, none where the database, the payments or the broker are somebody's own: what real cabinets sign in with would be revoked.
 */
export function demoCabinetCount(given: NodeJS.ProcessEnv): number {
  const said = given.DEMO_CABINETS;
  if (said === undefined || said === '') {
    const isOurs = usesSandbox(given) && !given.DATABASE_URL && !given.MQTT_URL;
    return isOurs && given.NODE_ENV !== 'production' ? COUNT_DEFAULT : 0;
  }
  const count = Number(said);
  if (!Number.isInteger(count) || count < 0 || count > COUNT_MAX)
    throw new Refusal(`DEMO_CABINETS is a whole number from 0 to ${COUNT_MAX}, and not "${said}".`);
  return count;
}

/** Simulated cabinets, their buyers and their operators, in a process of their own that may end at any time. */
export class DemoCabinets {
  private child: ChildProcess | undefined;
  private isStopping = false;

  constructor(
    private readonly count: number,
    private readonly settings: Settings,
    private readonly context: Context,
  ) {}

  /** Resolves with a word about them once they are there. */
  async start(): Promise<string> {
    const child = spawnGuarded({
      command: process.execPath,
      args: [
        '--disable-warning=ExperimentalWarning',
        'dist/scripts/counters/main.js',
        '--calm',
        '--cabinets',
        String(this.count),
      ],
      env: this.settings,
      cwd: this.context.root,
      killAfterSeconds: GRACE_SECONDS,
      output: 'pipe',
    });
    this.child = child;
    const lines = new LogLines();
    child.stderr?.on('data', lines.take);
    const ended = exitOf(child);
    const isThere = new Promise<true>((resolve) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        lines.take(chunk);
        if (THERE.test(lines.tail)) resolve(true);
      });
    });
    const first = await Promise.race([isThere, ended]);
    if (first !== true && !this.isStopping) throw new Error(`they ended with ${first}: ${lines.tail}`);
    void ended.then((code) => {
      if (!this.isStopping)
        this.context.say(`The simulated cabinets have ended (${code}); the next start brings them back.`);
    });
    return wordOf(this.count, lines.tail);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    const { child } = this;
    if (!child) return;
    child.stdin?.end();
    await exitOf(child);
    killGroup(child, 'SIGKILL');
  }

  kill(): void {
    this.isStopping = true;
    if (this.child) killGroup(this.child, 'SIGKILL');
  }
}
