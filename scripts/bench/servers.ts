import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_MS_MAX = 20_000;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** A server of its own process, on a free port of loopback, ready to answer. */
export interface Server {
  readonly url: string;
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
    env: { ...process.env, ...env, HOST: '127.0.0.1', [portName]: String(port) },
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
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
