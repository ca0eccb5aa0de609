import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { runDir, type Home } from './home.js';
import type { ServerKind } from './server.js';

export function redis(home: Home, binaries: Binaries): ServerKind {
  return {
    name: 'redis',
    // It answers -LOADING while it reads its file.
    probe: { greeting: 'PING\r\n', isReady: (answer) => answer.toString('latin1').startsWith('+PONG') },
    plan: async (port) => ({ command: commandFor(home, binaries), args: serverArgs(home, port) }),
  };
}

/** The program does by its name what it is called for: Debian's redis-tools has the server as redis-check-rdb. */
function commandFor(home: Home, binaries: Binaries): string {
  const command = join(runDir(home), 'redis-server');
  rmSync(command, { force: true });
  symlinkSync(binaries.redis, command);
  return command;
}

function serverArgs(home: Home, port: number): string[] {
  const dir = join(home.dir, 'redis');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction', // A queue must refuse, never forget.
    daemonize: 'no',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}
