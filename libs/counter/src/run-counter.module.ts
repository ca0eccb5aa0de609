import { Module } from '@nestjs/common';
import { RunCounterReader } from './run-counter.reader.js';

/** Apart, because whoever accounts for what counters earn wants nothing else of them. */
@Module({ providers: [RunCounterReader], exports: [RunCounterReader] })
export class RunCounterModule {}
