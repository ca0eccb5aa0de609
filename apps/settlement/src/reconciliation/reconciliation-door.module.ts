import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { PaymentModule } from '#libs/payment';
import { MeasureService, ReconciliationModule, type Sample } from '#libs/reconciliation';
import { HealthDoor } from '#platform/health';
import { MoneyBackResolver } from './money-back.resolver.js';
import {
  ReconciliationBreakResolver,
  ReconciliationBreakStepResolver,
} from './reconciliation-break.resolver.js';
import { ReconciliationResolver } from './reconciliation.resolver.js';

const GAUGES = {
  shares: {
    name: 'taoyuan_reconciliation_share',
    help: 'clearing: how much of what only passes through has left nothing behind; completeness: how many orders the books have whole. One is all, zero also before the first run.',
    labels: ['of'],
  },
  open: {
    name: 'taoyuan_reconciliation_breaks',
    help: 'Breaks that nobody has closed, by check and class.',
    labels: ['check', 'class'],
  },
  ages: {
    name: 'taoyuan_reconciliation_age_seconds',
    help: 'oldest_break: since the oldest open break was first seen; last_run_<check>: since the check last came to its end.',
    labels: ['of'],
  },
} as const;

@Module({
  imports: [ReconciliationModule, PaymentModule, IdentityModule],
  providers: [
    ReconciliationBreakResolver,
    ReconciliationBreakStepResolver,
    ReconciliationResolver,
    MoneyBackResolver,
  ],
})
export class ReconciliationDoorModule {
  constructor(health: HealthDoor, measures: MeasureService) {
    for (const [which, gauge] of Object.entries(GAUGES))
      health.gauge({
        ...gauge,
        collect: async (): Promise<readonly Sample[]> =>
          (await measures.samples())[which as keyof typeof GAUGES],
      });
  }
}
