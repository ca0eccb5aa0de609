import { Module } from '@nestjs/common';
import { CounterModule } from '#libs/counter';
import { PerformanceModule } from '#libs/performance';
import { CounterBoardResolver } from './counter-board.resolver.js';

@Module({
  imports: [CounterModule, PerformanceModule],
  providers: [CounterBoardResolver],
})
export class PerformanceDoorModule {}
