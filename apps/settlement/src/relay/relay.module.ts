import { Module } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Config } from '#platform/config';
import { Database } from '#platform/database';
import { Log } from '#platform/log';
import { type AnyConsumer, Dispatcher, Relay, type Routes } from '#platform/outbox';
import { BullQueue, QueueGateway } from '#platform/queue';
import { ConsumersModule } from '../consumers/consumers.module.js';
import { consumers, routesOf } from '../event-routes.js';

const ROUTES = Symbol('routes');

/** Carries facts from the outbox to their consumers. */
@Module({
  imports: [ConsumersModule],
  providers: [
    {
      provide: ROUTES,
      useFactory: (...instances: AnyConsumer[]) => routesOf(instances),
      inject: [...consumers],
    },
    {
      provide: QueueGateway,
      useFactory: (config: Config, log: Log) => new BullQueue(config.redisUrl, log),
      inject: [Config, Log],
    },
    {
      provide: Relay,
      useFactory: (database: Database, queue: QueueGateway, clock: Clock, routes: Routes) =>
        new Relay(database, queue, clock, routes),
      inject: [Database, QueueGateway, Clock, ROUTES],
    },
    {
      provide: Dispatcher,
      useFactory: (database: Database, clock: Clock, log: Log, routes: Routes) =>
        new Dispatcher(database, clock, log, routes),
      inject: [Database, Clock, Log, ROUTES],
    },
  ],
  exports: [Relay, Dispatcher, QueueGateway],
})
export class RelayModule {}
