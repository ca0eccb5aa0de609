import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_MS_MAX = 60_000;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** The kernel counts in hundredths of a second. */
const TICK_MS = 10;

/** Of a server on this machine that writes its process id into a file; NaN where that cannot be read. */
export function cpuMsOfPidFile(path: string): number {
  return existsSync(path) ? cpuMsOf(Number(readFileSync(path, 'utf8'))) : Number.NaN;
}

/** User and system time, fields 14 and 15; the name before them may hold blanks. NaN where there is no /proc. */
function cpuMsOf(pid: number | undefined): number {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return Number.NaN;
  const fields = readFileSync(path, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Memory that it holds at this moment. NaN where there is no /proc. */
function residentMbOf(pid: number | undefined): number {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return Number.NaN;
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(path, 'utf8'))?.[1]) / 1_024;
}

/** A server of its own process, on a free port of loopback, ready to answer. */
export interface Server {
  readonly url: string;
  /** Processor time used so far. */
  readonly cpuMs: () => number;
  readonly residentMb: () => number;
  stop(): Promise<void>;
}

export async function launch(
  script: string,
  portName: string,
  readyPath: string,
  env: NodeJS.ProcessEnv,
  nodeArgs: readonly string[] = [],
): Promise<Server> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [...nodeArgs, script], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // All of a bench comes from one address.
    env: { THROTTLE: 'off', ...process.env, ...env, HOST: '127.0.0.1', [portName]: String(port) },
  });
  const url = `http://127.0.0.1:${port}`;
  const until = performance.now() + READY_MS_MAX;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${script} stopped with ${child.exitCode}`);
    if (
      await fetch(`${url}${readyPath}`).then(
        (response) => response.ok,
        () => false,
      )
    )
      break;
    if (performance.now() > until) throw new Error(`${script} was not ready within ${READY_MS_MAX} ms`);
    await sleep(100);
  }
  return {
    url,
    cpuMs: () => cpuMsOf(child.pid),
    residentMb: () => residentMbOf(child.pid),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
