import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, configFromEnvironment } from '#platform/config';
import { HealthDoor } from '#platform/health';
import { Log } from '#platform/log';
import { fastifyAdapter } from '#platform/service';
import { BrokerModule } from './broker.module.js';

/** What has begun gets this long after SIGTERM; then lines are cut, and what was not acknowledged comes again. */
const DRAIN_MS_MAX = 8_000;

function configured(): Config {
  try {
    return configFromEnvironment();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(78); // EX_CONFIG
  }
}

const config = configured();
const app = await NestFactory.create<NestFastifyApplication>(
  BrokerModule.with(config),
  fastifyAdapter(config),
  {
    bufferLogs: true,
    abortOnError: false,
  },
);
const log = app.get(Log);
app.useLogger(log);
app.get(HealthDoor).mount(app.getHttpAdapter().getInstance(), 'broker');
await app.listen(config.ports.broker, config.host);
log.info({ mqtt: config.mqtt.url === undefined ? config.mqtt.port : 'external' }, 'broker is ready');

let isStopping = false;
const stop = (signal: string) => {
  if (isStopping) return;
  isStopping = true;
  log.info({ signal }, 'stopping');
  app.get(HealthDoor).drain();
  const cut = setTimeout(() => process.exit(1), DRAIN_MS_MAX);
  app.close().then(
    () => {
      clearTimeout(cut);
      process.exit(0);
    },
    (error: unknown) => {
      log.fault(error, 'could not stop cleanly');
      process.exit(1);
    },
  );
};
process.once('SIGTERM', () => stop('SIGTERM'));
process.once('SIGINT', () => stop('SIGINT'));
