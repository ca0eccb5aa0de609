import { spawnSync, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { exitOf, killGroup, LOCK_IS_HELD, spawnGuarded } from './guard.js';
import type { Home } from './home.js';
import { Refusal } from './refusal.js';

/** A server may replay its log after a crash; beyond this something is wrong. */
const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;
const POLL_MS = 25;
const ATTACHED_POLL_MS = 500;
const LOG_BYTES_MAX = 5 * 2 ** 20;
const TAIL_LINES = 12;

/** How to tell from the first bytes that a server serves; no client library needed. */
export interface Probe {
  /** Sent on connecting; MariaDB speaks first and needs none. */
  readonly greeting?: string;
  readonly isReady: (answer: Buffer) => boolean;
}

export interface ServerPlan {
  readonly command: string;
  readonly args: readonly string[];
}

export interface ServerKind {
  readonly name: 'mariadb' | 'redis';
  readonly probe: Probe;
  /** Called only when the server is ours to start: makes its files and says how. */
  readonly plan: (port: number) => Promise<ServerPlan>;
}

export interface RunningServer {
  readonly name: string;
  readonly port: number;
  /** False when another launcher of this checkout owns it; then it is not ours to stop. */
  readonly isOwned: boolean;
  /** Resolves when it is gone, whether asked to end or not. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

function answers(port: number, probe: Probe): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (isReady: boolean) => {
      socket.destroy();
      resolve(isReady);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    socket.once('connect', () => probe.greeting !== undefined && socket.write(probe.greeting));
    socket.once('data', (answer) => finish(probe.isReady(answer)));
  });
}

function openLog(home: Home, name: string): { file: string; fd: number } {
  const dir = join(home.dir, 'log');
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${name}.log`);
  if (existsSync(file) && statSync(file).size > LOG_BYTES_MAX) truncateSync(file);
  return { file, fd: openSync(file, 'a') };
}

function tailOf(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-TAIL_LINES).join('\n');
}

/** Closing the pipe is the guard's signal; the rest is for a server that does not listen. */
async function stopGuarded(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  const ended = exitOf(child);
  const isDone = await Promise.race([ended.then(() => true), sleep(STOP_LIMIT_MS, false, { ref: false })]);
  if (!isDone) killGroup(child, 'SIGKILL'); // Neither server loses what it has acknowledged.
  await ended;
}

/** Whether a living guard or server of this home holds the lock. */
export function isHeld(file: string): boolean {
  if (!existsSync(file)) return false;
  const { status } = spawnSync('flock', ['-n', '-E', String(LOCK_IS_HELD), file, 'true']);
  if (status !== null) return status === LOCK_IS_HELD;
  // There is no flock on this system: the guard's pid, written into the file, stands in for it.
  const pid = Number(readFileSync(file, 'utf8'));
  return pid > 0 && isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a server, or attaches to the one another launcher of this checkout runs. The lock says which: Redis has none of its own,
 * and two on one folder would spoil the file. Callers take turns, so a held lock is a server that is up, or one going down.
 */
export async function startServer(
  kind: ServerKind,
  home: Home,
  environment: { env: NodeJS.ProcessEnv; hasFlock: boolean; wishedPort: number | undefined },
): Promise<RunningServer> {
  const { env, hasFlock, wishedPort } = environment;
  const lockFile = join(home.dir, `${kind.name}.flock`);
  const deadline = Date.now() + READY_LIMIT_MS;
  while (isHeld(lockFile)) {
    if (wishedPort !== undefined && (await answers(wishedPort, kind.probe)))
      return attachedTo(kind, wishedPort);
    if (Date.now() > deadline) {
      throw new Refusal(
        `Another ${kind.name} server holds ${lockFile} and does not answer: end that process and run the command again.`,
        78,
      );
    }
    await sleep(4 * POLL_MS);
  }

  const port = await freePort(wishedPort);
  const { command, args } = await kind.plan(port);
  const log = openLog(home, kind.name);
  const child = spawnGuarded({
    command,
    args,
    env,
    lockFile: hasFlock ? lockFile : undefined,
    killAfterSeconds: 0,
    output: log.fd,
    cwd: home.dir,
  });
  closeSync(log.fd);
  if (!hasFlock) writeFileSync(lockFile, String(child.pid ?? 0));
  const ended = exitOf(child);
  let code: number | undefined;
  void ended.then((value) => (code = value));
  while (code === undefined && Date.now() < deadline) {
    if (await answers(port, kind.probe)) {
      return {
        name: kind.name,
        port,
        isOwned: true,
        ended: ended.then(() => undefined),
        stop: () => stopGuarded(child),
      };
    }
    await sleep(POLL_MS);
  }
  await stopGuarded(child);
  const why =
    code === undefined ? `did not answer within ${READY_LIMIT_MS / 1000} s` : `ended with code ${code}`;
  throw new Refusal(
    `The private ${kind.name} server ${why}; its last lines (${log.file}):\n\n${tailOf(log.file)}`,
    78,
  );
}

/** Another launcher's server may end with that launcher: looked after by asking it now and then. */
function attachedTo(kind: ServerKind, port: number): RunningServer {
  let isStopped = false;
  const watch = async () => {
    while (!isStopped && (await answers(port, kind.probe)))
      await sleep(ATTACHED_POLL_MS, undefined, { ref: false });
  };
  return {
    name: kind.name,
    port,
    isOwned: false,
    ended: watch(),
    stop: async () => {
      isStopped = true;
    },
  };
}
