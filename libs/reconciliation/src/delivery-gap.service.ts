import { Injectable } from '@nestjs/common';
import { MINUTE_MS, plus } from '#libs/kernel';
import { DeadLetterService } from '#platform/outbox';
import type { Comparison, Finding, Round, Sight } from './reconciliation.rules.js';

/** A fact reaches its consumers within seconds, and within a minute or so where it had to be tried again. */
const LATE_AFTER_MS = 2 * MINUTE_MS;

/** R8: every fact reaches everybody whom it concerns. */
@Injectable()
export class DeliveryGapService implements Comparison {
  readonly name = 'DELIVERIES';

  constructor(private readonly deliveries: DeadLetterService) {}

  async look({ now }: Sight): Promise<Round> {
    const late = await this.deliveries.late(plus(now, -LATE_AFTER_MS));
    const dead = await this.deliveries.list();
    const findings: Finding[] = [
      ...late.map(({ consumer, count, oldestAt }): Finding => ({
        ...WITHOUT_AMOUNT,
        breakClass: 'TIMING',
        subject: consumer,
        detail: { waiting: String(count), oldestSince: oldestAt.toISOString() },
        happenedAt: oldestAt,
      })),
      ...dead.map(({ consumer, eventId, eventName, attempts, lastError, occurredAt }): Finding => ({
        ...WITHOUT_AMOUNT,
        breakClass: 'MISSING_INTERNAL',
        subject: `${consumer}:${eventId}`,
        detail: { event: eventName, attempts: String(attempts), lastError: (lastError ?? '').slice(0, 200) },
        happenedAt: occurredAt,
      })),
    ];
    // Facts without end have arrived; what is counted are the places where one may be missing.
    return { findings, examined: 1, matched: findings.length === 0 ? 1 : 0, position: null };
  }
}

const WITHOUT_AMOUNT = { expectedFen: null, actualFen: null };
