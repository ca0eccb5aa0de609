import { Injectable } from '@nestjs/common';
import { SplitReader, type UnevenLine } from '#libs/settlement';
import type { Comparison, Finding, Round, Sight } from './reconciliation.rules.js';

/** Lines of one round, each with the shares of some payees. */
const LINES_MAX = 2_000;
/** The most that one round names. */
const UNEVEN_MAX = 200;

/** R10: the shares of a line make its base, and what they gave back is what refunds took. */
@Injectable()
export class SplitSumService implements Comparison {
  readonly name = 'SPLITS';

  constructor(private readonly splits: SplitReader) {}

  async look({ position, now }: Sight): Promise<Round> {
    const after = position ?? '';
    const lines = await this.splits.lineIdsAfter(after, LINES_MAX);
    const until = lines.length < LINES_MAX ? null : (lines.at(-1) ?? null);
    const uneven = await this.splits.unevenLines(UNEVEN_MAX, after, until);
    return {
      findings: uneven.map((line) => findingOf(line, now)),
      examined: Math.max(lines.length, uneven.length),
      matched: Math.max(0, lines.length - uneven.length),
      position: until,
    };
  }
}

function findingOf(
  { lineId, orderId, baseFen, sharedFen, reversedFen, refundedFen }: UnevenLine,
  now: Date,
): Finding {
  const isSplitWrong = baseFen !== sharedFen;
  return {
    breakClass: 'AMOUNT',
    subject: lineId,
    expectedFen: isSplitWrong ? baseFen : refundedFen,
    actualFen: isSplitWrong ? sharedFen : reversedFen,
    detail: {
      orderId,
      what: isSplitWrong
        ? 'the shares of the line and its base'
        : 'what the shares gave back and what refunds took',
    },
    happenedAt: now,
  };
}
