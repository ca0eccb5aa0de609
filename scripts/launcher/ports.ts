import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.js';

export interface ServerPorts {
  readonly mariadb?: number;
  readonly redis?: number;
}

/** Remembered, so that an address somebody noted down stays good. */
export function rememberedPorts(home: Home): ServerPorts {
  const file = join(home.dir, 'ports.json');
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ServerPorts;
  } catch {
    return {}; // Cut short by a crash: new ports are as good.
  }
}

export function rememberPorts(home: Home, ports: ServerPorts): void {
  writeFileSync(join(home.dir, 'ports.json'), JSON.stringify(ports));
}
