import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_MS_MAX = 300_000; // A limit, not a wait: some of them start while a thousand cabinets speak, on a machine that has other work to do.

export interface ProcessPlan {
  readonly script: string;
  readonly healthUrl: string;
}

/** The compiled services as processes that may be killed at any moment and come up again where they were. */
export class Processes<Name extends string> {
  private readonly children = new Map<Name, ChildProcess>();

  constructor(
    private readonly plans: Readonly<Record<Name, ProcessPlan>>,
    private readonly env: NodeJS.ProcessEnv,
    /** Everything they say goes there. */
    private readonly logFile: string,
  ) {
    // Broken off, nothing is left running.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
    process.once('exit', () => {
      for (const child of this.children.values()) child.kill('SIGKILL');
    });
  }

  async launch(name: Name): Promise<void> {
    const { script, healthUrl } = this.plans[name];
    const log = openSync(this.logFile, 'a');
    const child = spawn(process.execPath, [script], { env: this.env, stdio: ['ignore', log, log] });
    this.children.set(name, child);
    const until = performance.now() + READY_MS_MAX;
    while (!(await answers(healthUrl))) {
      if (child.exitCode !== null)
        throw new Error(`${name} stopped with ${child.exitCode}; see ${this.logFile}`);
      if (performance.now() > until) throw new Error(`${name} was not ready in time; see ${this.logFile}`);
      await sleep(100);
    }
  }

  async kill(name: Name): Promise<void> {
    await this.end(name, 'SIGKILL');
    await this.launch(name);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.children.keys()].map((name) => this.end(name, 'SIGTERM')));
  }

  private async end(name: Name, signal: NodeJS.Signals): Promise<void> {
    const child = this.children.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
