import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import type { Settings } from './environment.js';
import { exitOf, killGroup, spawnGuarded } from './guard.js';
import { LogLines, prefixed } from './log-lines.js';
import { Refusal } from './refusal.js';

const POLL_MS = 100;
const PROBE_LIMIT_MS = 2_000;

/** From SIGTERM to SIGKILL: requests in flight end within this. */
const GRACE_SECONDS = 8;

/** Twice as long after each failure: 0.5 s, 1 s, 2 s … */
const BACKOFF_BASE_MS = 500;
const BACKOFF_MAX_MS = 15_000;
const FAILURES_MAX = 8;

/** A service that has run this long has recovered; earlier failures no longer count. */
const STEADY_MS = 60_000;

export interface ServicePlan {
  readonly name: string;
  /** Relative to the checkout. */
  readonly script: string;
  readonly healthUrl: string;
  readonly readyLimitMs: number;
  /** Stacks in terms of the sources: worth some memory and start-up time to whoever edits them. */
  readonly hasSourceMaps: boolean;
}

/** Resolves once the address answers 200; false when it does not in time or `isOver` turns true. */
async function answersInTime(url: string, limitMs: number, isOver: () => boolean): Promise<boolean> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline && !isOver(); await sleep(POLL_MS)) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
      await response.arrayBuffer();
      if (response.ok) return true;
    } catch {
      // Not listening yet.
    }
  }
  return false;
}

/** One process, its log and its restarts. It never takes the launcher down with it. */
export class Service {
  private child: ChildProcess | undefined;
  private lines = new LogLines();
  private failures = 0;
  /** Counts the wishes to start and to stop; whatever was begun under an older wish gives way. */
  private wish = 0;

  constructor(
    readonly plan: ServicePlan,
    private readonly env: Settings,
    private readonly cwd: string,
    private readonly say: (line: string) => void,
    private readonly index: number,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  /** Resolves when it is ready. Throws, and leaves nothing running, when it dies or takes too long. */
  async start(): Promise<void> {
    this.wish += 1;
    this.failures = 0;
    const mine = this.wish;
    const outcome = await this.spawnUntilReady(mine);
    if (outcome === 'ready' || mine !== this.wish) return;
    await this.stop();
    throw new Refusal(
      `${this.name} ${outcome}; mend what its last lines name and run the command again.\n\n${this.lines.tail}`,
    );
  }

  /** Closes the guard's pipe: SIGTERM, and SIGKILL after the grace. */
  async stop(): Promise<void> {
    this.wish += 1;
    const { child } = this;
    if (!child) return;
    await end(child);
    this.child = undefined;
  }

  /** Now, without asking: for the second Ctrl-C. */
  kill(): void {
    this.wish += 1;
    if (this.child) killGroup(this.child, 'SIGKILL');
  }

  private async spawnUntilReady(mine: number): Promise<string> {
    this.lines = new LogLines(prefixed(this.name, this.index));
    const { lines } = this;
    const child = spawnGuarded({
      command: process.execPath,
      args: [
        ...(this.plan.hasSourceMaps ? ['--enable-source-maps'] : []),
        '--disable-warning=ExperimentalWarning',
        this.plan.script,
      ],
      env: this.env,
      cwd: this.cwd,
      killAfterSeconds: GRACE_SECONDS,
      output: 'pipe',
    });
    this.child = child;
    child.stdout?.on('data', lines.take);
    child.stderr?.on('data', lines.take);
    const closed = new Promise((resolve) => child.once('close', resolve));
    let code: number | undefined;
    void exitOf(child).then((value) => (code = value));
    const { healthUrl, readyLimitMs } = this.plan;
    const isReady = await answersInTime(
      healthUrl,
      readyLimitMs,
      () => code !== undefined || mine !== this.wish,
    );
    if (isReady && code === undefined) {
      void this.bringBackAfter(child, mine);
      return 'ready';
    }
    const why =
      code === undefined
        ? `was not ready after ${readyLimitMs / 1000} s (${healthUrl})`
        : `ended with code ${code} before it was ready`;
    await end(child);
    await Promise.race([closed, sleep(POLL_MS)]); // Its last words may still be in the pipe.
    lines.flush();
    return why;
  }

  /** Brings it back when it ends unasked, ever more slowly, and gives up in the end. */
  private async bringBackAfter(child: ChildProcess, mine: number): Promise<void> {
    const readyAtMs = Date.now();
    const code = await exitOf(child);
    if (mine !== this.wish) return;
    await end(child);
    if (Date.now() - readyAtMs > STEADY_MS) this.failures = 0;
    this.lines.flush();
    this.say(
      `\n${this.name} ended unasked (code ${code}) and is started again. Its last lines:\n${this.lines.tail}\n`,
    );
    while (this.failures < FAILURES_MAX) {
      await sleep(Math.min(BACKOFF_BASE_MS * 2 ** this.failures, BACKOFF_MAX_MS));
      this.failures += 1;
      if (mine !== this.wish) return;
      const outcome = await this.spawnUntilReady(mine);
      if (mine !== this.wish) return;
      this.say(
        outcome === 'ready' ? `${this.name} is back.` : `${this.name} ${outcome}:\n${this.lines.tail}`,
      );
      if (outcome === 'ready') return;
    }
    this.say(`${this.name} failed ${this.failures} times in a row and stays down; the others go on.`);
  }
}

/** The guard itself may have been killed and its child not: the group is ended in any case. */
async function end(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  await exitOf(child);
  killGroup(child, 'SIGKILL');
}
