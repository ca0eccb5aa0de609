import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { Refusal } from './refusal.mjs';

/** The doors of Taoyuan and where they open unless told otherwise. */
export const DOORS = [
  { name: 'storefront', variable: 'STOREFRONT_PORT', port: 3000 },
  { name: 'merchant', variable: 'MERCHANT_PORT', port: 3001 },
  { name: 'settlement', variable: 'SETTLEMENT_PORT', port: 3002 },
  { name: 'broker', variable: 'BROKER_PORT', port: 3003 },
  { name: 'mqtt', variable: 'MQTT_PORT', port: 1883 },
  { name: 'stripe-sandbox', variable: 'STRIPE_SANDBOX_PORT', port: 3010 },
];

const LISTENING = '0A';

function inodesListeningOn(port) {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => {
    try {
      return readFileSync(table, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/))
        .filter((column) => column[1]?.endsWith(wanted) && column[3] === LISTENING)
        .map((column) => column[9]);
    } catch {
      return []; // No such table: not Linux, or no IPv6.
    }
  });
}

/** The process that listens on a port, as far as this user may see: read from /proc, because lsof and ss may be missing. */
export function ownerOf(port) {
  const sockets = new Set(inodesListeningOn(port).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const holds = readdirSync(`/proc/${pid}/fd`).some((fd) =>
        sockets.has(readlinkSync(`/proc/${pid}/fd/${fd}`)),
      );
      if (!holds) continue;
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
      return { pid: Number(pid), command: command.length > 80 ? `${command.slice(0, 79)}…` : command };
    } catch {
      // Gone meanwhile, or another user's: its files are not ours to read.
    }
  }
  return undefined;
}

function isFree(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Where each door opens: `{ name, variable, port }`. Two doors on one port are a mistake that would show late. */
export function doorsFrom(env) {
  const doors = DOORS.map((door) => ({ ...door, port: Number(env[door.variable] || door.port) }));
  for (const { variable, port } of doors) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Refusal(`${variable} is not a port: give it a number from 1 to 65535.`);
    }
    const twin = doors.find((other) => other.port === port && other.variable !== variable);
    if (twin)
      throw new Refusal(
        `${variable} and ${twin.variable} are both ${port}: give each service a port of its own.`,
      );
  }
  const isOpened = {
    'stripe-sandbox': !env.STRIPE_SECRET_KEY,
    mqtt: !env.MQTT_URL,
  };
  return doors.filter((door) => isOpened[door.name] ?? true);
}

export async function refuseTakenPorts(env) {
  const host = env.HOST || '127.0.0.1';
  for (const { name, variable, port } of doorsFrom(env)) {
    if (await isFree(host, port)) continue;
    const owner = ownerOf(port);
    const who = owner ? `process ${owner.pid} (${owner.command})` : 'a process of another user';
    throw new Refusal(
      `Port ${port} for ${name} is taken by ${who}: stop it, or choose another port with ${variable}=….`,
    );
  }
}
