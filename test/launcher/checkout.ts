import { spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/launcher/free-port.js';

const ROOT = process.cwd();
const POLL_MS = 50;

/** A door of a few lines: ready at once, shows its settings, dies when asked to. */
function fakeApp(portVariable: string, healthPath: string): string {
  return `import { createServer } from 'node:http';
import { word } from '../../../libs/kernel/src/index.js';
const server = createServer((request, response) => {
  if (request.url === '/crash') process.exit(3);
  if (request.url === '${healthPath}') response.end('{}');
  else response.end(JSON.stringify({ word, pid: process.pid, env: process.env }));
});
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(Number(process.env.${portVariable}), process.env.HOST, () => console.log('listening'));
`;
}

const APPS = {
  storefront: ['STOREFRONT_PORT', '/health/ready'],
  merchant: ['MERCHANT_PORT', '/health/ready'],
  settlement: ['SETTLEMENT_PORT', '/health/ready'],
  broker: ['BROKER_PORT', '/health/ready'],
  'stripe-sandbox': ['STRIPE_SANDBOX_PORT', '/_sandbox/health'],
} as const;

export type App = keyof typeof APPS;

/** One run of the launcher, with everything it said. */
export class Run {
  output = '';
  readonly ended: Promise<number>;

  constructor(readonly process: ChildProcess) {
    process.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    process.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = new Promise((resolve) => process.once('close', (code) => resolve(code ?? 128)));
  }

  async says(text: string, limitMs = 20_000): Promise<void> {
    for (const deadline = Date.now() + limitMs; !this.output.includes(text); await sleep(POLL_MS)) {
      if (Date.now() > deadline) throw new Error(`it never said "${text}"; it said:\n${this.output}`);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }
}

/** A copy of the launcher in a folder of its own, around four fake services: nothing of this checkout is touched. */
export class Checkout {
  private readonly runs: Run[] = [];

  private constructor(
    readonly dir: string,
    private readonly ports: Readonly<Record<string, string>>,
  ) {}

  static async make({ hasModules = true } = {}): Promise<Checkout> {
    const dir = realpathSync(mkdtempSync(join(tmpdir(), 'ty-')));
    const ports: Record<string, string> = {};
    for (const variable of [...Object.values(APPS).map(([name]) => name), 'MQTT_PORT'])
      ports[variable] = String(await freePort(undefined));
    const checkout = new Checkout(dir, ports);
    for (const name of [
      'package.json',
      'package-lock.json',
      '.swcrc',
      'scripts/taoyuan.mjs',
      'scripts/launcher',
    ]) {
      cpSync(join(ROOT, name), join(dir, name), { recursive: true });
    }
    if (hasModules) symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
    for (const [app, [variable, path]] of Object.entries(APPS))
      checkout.write(`apps/${app}/src/main.ts`, fakeApp(variable, path));
    checkout.write('libs/kernel/src/index.ts', `export const word = 'one';\n`);
    checkout.write('libs/platform/migrations/0001-outbox.sql', '');
    checkout.write('scripts/migrate.ts', `console.log('1 migration');\n`);
    checkout.write('scripts/seed.ts', `console.log('nothing new');\n`);
    checkout.write('scripts/demo.ts', `console.log('nothing to tell');\n`);
    return checkout;
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.dir, name)), { recursive: true });
    writeFileSync(join(this.dir, name), text);
  }

  has(name: string): boolean {
    return existsSync(join(this.dir, name));
  }

  read(name: string): string {
    return readFileSync(join(this.dir, name), 'utf8');
  }

  /** Only what is given here and the search path reach the launcher. */
  run(args: readonly string[], env: Record<string, string> = {}, nodeArgs: readonly string[] = []): Run {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [...nodeArgs, join(this.dir, 'scripts', 'taoyuan.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH, HOME, ...this.ports, ...env },
    });
    const run = new Run(child);
    this.runs.push(run);
    return run;
  }

  url(app: App, path = '/'): string {
    return `http://127.0.0.1:${this.ports[APPS[app][0]]}${path}`;
  }

  /** What the fake service says of itself; undefined while it is down. */
  async ask(app: App): Promise<{ word: string; pid: number; env: Record<string, string> } | undefined> {
    try {
      const response = await fetch(this.url(app));
      return (await response.json()) as { word: string; pid: number; env: Record<string, string> };
    } catch {
      return undefined;
    }
  }

  /** Every living process that the launchers of this checkout started: all of them work in its folder. */
  processes(): { pid: number; command: string }[] {
    const launchers = new Set(this.runs.map((run) => run.process.pid));
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && !launchers.has(Number(name)))
      .flatMap((pid) => {
        try {
          const isOurs = `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${this.dir}/`);
          const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
          return isOurs ? [{ pid: Number(pid), command }] : [];
        } catch {
          return []; // Gone meanwhile.
        }
      });
  }

  /** The mark in its environment begins with the pid of the launcher that started it. */
  launcherOf(pid: number): number {
    return Number(/TAOYUAN_LAUNCHER=(\d+):/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1]);
  }

  async remove(): Promise<void> {
    for (const run of this.runs) run.kill('SIGKILL');
    for (const { pid } of this.processes()) killQuietly(pid);
    await until(() => this.processes().length === 0);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

export async function until(isTrue: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<void> {
  for (const deadline = Date.now() + limitMs; !(await isTrue()); await sleep(POLL_MS)) {
    if (Date.now() > deadline) throw new Error(`not within ${limitMs} ms: ${isTrue.toString()}`);
  }
}
