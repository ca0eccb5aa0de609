import type { EventEmitter } from 'node:events';
import mqEmitterRedis, { type MQEmitterRedis } from 'mqemitter-redis';
import { Log } from '#platform/log';

/** Short messages to whoever is looking right now, over Redis, across all processes. May be lost; pages read again when they reconnect. */
export class LiveGateway {
  readonly emitter: MQEmitterRedis;

  constructor(redisUrl: string, log: Log) {
    this.emitter = mqEmitterRedis({ connectionString: redisUrl });
    // Without a listener a lost Redis would end the process; it reconnects by itself.
    const { state } = this.emitter as MQEmitterRedis & { readonly state: EventEmitter }; // Missing from its types.
    state.on('error', (error: unknown) => log.fault(error, 'live messages lost Redis; it will reconnect'));
  }

  publish(topic: string, payload: object): Promise<void> {
    return new Promise((resolve, reject) => {
      this.emitter.emit({ topic, payload }, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.emitter.close(() => resolve());
    });
  }
}
