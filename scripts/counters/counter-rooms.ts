import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { CounterModule } from '#libs/counter';
import { Clock, SystemClock } from '#libs/kernel';
import { Database } from '#platform/database';
import { Log } from '#platform/log';

class RoomsModule {}

/** What services keep of cabinets, without a service around it. */
export function openCounterRooms(database: Database): Promise<INestApplicationContext> {
  const providers = [
    { provide: Database, useValue: database },
    { provide: Clock, useClass: SystemClock },
    { provide: Log, useValue: new Log(pino({ level: 'silent' })) },
  ];
  return NestFactory.createApplicationContext(
    { module: RoomsModule, global: true, imports: [CounterModule], providers, exports: providers },
    { logger: ['error', 'warn'] },
  );
}
