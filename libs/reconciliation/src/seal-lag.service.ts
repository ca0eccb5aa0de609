import { Injectable } from '@nestjs/common';
import { plus } from '#libs/kernel';
import { type FoundBreaks, SealReader } from '#libs/seal';
import type { Comparison, Finding, Round, Sight } from './reconciliation.rules.js';

/** A record waits some ten seconds for its seal; after a minute the sealer stands still. */
const LAG_MAX_SECONDS = 60;

/**
 * R9, its quick half: everything is sealed soon. The other half, reading what was sealed again, is the watch of the seals, which reports
 * what it finds.
 */
@Injectable()
export class SealLagService implements Comparison {
  readonly name = 'SEALS';

  constructor(private readonly seals: SealReader) {}

  async look({ now }: Sight): Promise<Round> {
    const statuses = await this.seals.statuses();
    const slow = statuses.filter(({ lagSeconds }) => lagSeconds > LAG_MAX_SECONDS);
    return {
      findings: slow.map(({ stream, backlog, lagSeconds }): Finding => ({
        breakClass: 'TIMING',
        subject: stream,
        expectedFen: null,
        actualFen: null,
        detail: { backlog: String(backlog), lagSeconds: String(lagSeconds) },
        happenedAt: plus(now, -lagSeconds * 1_000),
      })),
      examined: statuses.length,
      matched: statuses.length - slow.length,
      position: null,
    };
  }
}

/** What the watch of the seals has found. */
export function findingsOfSeals({ stream, breaks }: FoundBreaks, now: Date): Finding[] {
  return breaks.map(({ kind, seq, subject, detail }) => ({
    breakClass: 'ALTERED',
    subject: `${stream} ${kind} ${seq ?? subject}`.slice(0, 120),
    expectedFen: null,
    actualFen: null,
    detail: { stream, kind, record: subject, detail },
    happenedAt: now,
  }));
}
