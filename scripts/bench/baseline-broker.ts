import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { env, pool, run } from './baseline-server.js';

/**
 * What `npm run bench counters` compares with: the same broker, which lets everybody in and keeps nothing, and one INSERT per message before its PUBACK. No register, no lock, no boots, no gaps, no
 * facts: whatever comes twice is there twice.
 */
interface Told {
  readonly bootId: string;
  readonly bootNo: number;
  readonly seq: number;
  readonly at: string;
  readonly data: { readonly items?: readonly { readonly units: number; readonly fen: number }[] };
}

const INSERT = `INSERT INTO bench_message (cabinet_id, boot_id, boot_no, seq, kind, device_at, received_at, data, sold_units, sold_fen)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

async function keep(topic: string, payload: Buffer): Promise<void> {
  const [, , cabinetId = '', , kind = ''] = topic.split('/');
  if (kind === 'heartbeat') return;
  const { bootId, bootNo, seq, at, data } = JSON.parse(payload.toString('utf8')) as Told;
  const items = data.items ?? [];
  await run(pool, INSERT, [
    cabinetId,
    bootId,
    bootNo,
    seq,
    kind.toUpperCase(),
    new Date(at),
    new Date(),
    JSON.stringify(data),
    items.reduce((sum, { units }) => sum + units, 0),
    items.reduce((sum, { fen }) => sum + fen, 0),
  ]);
}

async function answer(work: Promise<void>, done: (error: Error | null) => void): Promise<void> {
  try {
    await work;
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  done(null);
}

const broker = await Aedes.createBroker({
  authorizePublish: (_, packet, done) => {
    void answer(keep(packet.topic, Buffer.from(packet.payload)), done);
  },
});
createServer((socket) => broker.handle(socket)).listen(Number(env('MQTT_PORT')), '127.0.0.1');
createHttpServer((_, reply) => reply.end('ok')).listen(Number(env('BROKER_PORT')), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
