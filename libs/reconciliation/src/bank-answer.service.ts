import { Injectable } from '@nestjs/common';
import { businessDay, leastIdAt } from '#libs/kernel';
import { type PayoutImport, PayoutBatchReader, PayoutReader, type PayoutView } from '#libs/settlement';
import type { BreakClass } from './reconciliation-break.entity.js';
import { type Comparison, type Finding, type Round, type Sight } from './reconciliation.rules.js';

const PAGE_MAX = 200;

/** R6: the bank has answered for every payout, within three working days, with files that can be believed. */
@Injectable()
export class BankAnswerService implements Comparison {
  readonly name = 'BANK';

  constructor(
    private readonly payouts: PayoutReader,
    private readonly batches: PayoutBatchReader,
  ) {}

  async look({ position, coversFrom, now }: Sight): Promise<Round> {
    const [part = 'import', ...reached] = position?.split(' ') ?? [];
    return part === 'payout' ? this.overdue(reached, now) : this.broken(reached[0], coversFrom);
  }

  private async broken(reached: string | undefined, coversFrom: Date): Promise<Round> {
    const imports = await this.batches.brokenAfter(reached ?? leastIdAt('poi', coversFrom), PAGE_MAX);
    const last = imports.length < PAGE_MAX ? undefined : imports.at(-1);
    return {
      findings: imports.map((each) => findingOfImport(each)),
      examined: imports.length,
      matched: 0,
      position: last ? `import ${last.id}` : 'payout',
    };
  }

  /** Counted by the calendar of working days when the payout was sent. */
  private async overdue(reached: readonly string[], now: Date): Promise<Round> {
    const after = reached.length === 2 ? reached : null;
    const { nodes, pageInfo } = await this.payouts.unresolvedSince(businessDay(now), {
      first: PAGE_MAX,
      after,
    });
    const last = pageInfo.hasNextPage ? nodes.at(-1) : undefined;
    return {
      findings: nodes.map((each) => findingOfPayout(each)),
      examined: nodes.length,
      matched: 0,
      position: last ? `payout ${last.resolveBy ?? ''} ${last.id}` : null,
    };
  }
}

const CLASS_OF: Readonly<Record<NonNullable<PayoutImport['breakCode']>, BreakClass>> = {
  UNREADABLE: 'UNKNOWN_TYPE',
  WRONG_BATCH: 'MISSING_INTERNAL',
  CONTROL_TOTALS: 'AMOUNT',
  UNKNOWN_LINE: 'MISSING_INTERNAL',
  LINE_TWICE: 'DUPLICATE',
  AMOUNT_DIFFERS: 'AMOUNT',
  CONTRADICTION: 'AMOUNT',
};

/** D15: nothing of such a file was posted, so no amount of ours is wrong; the file is. */
function findingOfImport({ id, batchId, breakCode, breakNote, fileHash, importedAt }: PayoutImport): Finding {
  return {
    breakClass: CLASS_OF[breakCode ?? 'UNREADABLE'],
    subject: id,
    expectedFen: null,
    actualFen: null,
    detail: { batchId, code: breakCode ?? '', note: breakNote ?? '', fileHash },
    happenedAt: importedAt,
  };
}

/** The bank may still answer, and then both sides agree. */
function findingOfPayout({ id, amountFen, batchId, resolveBy, sentAt, plannedAt }: PayoutView): Finding {
  return {
    breakClass: 'TIMING',
    subject: id,
    expectedFen: amountFen,
    actualFen: null,
    detail: { batchId: batchId ?? '', resolveBy: resolveBy ?? '' },
    happenedAt: sentAt ?? plannedAt,
  };
}
