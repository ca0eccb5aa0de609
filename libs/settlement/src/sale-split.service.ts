import { Injectable } from '@nestjs/common';
import { assert, present, sumFen } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import type { Tx } from '#platform/database';
import {
  type Capture,
  type Cause,
  type ProviderFee,
  captureJournal,
  feeJournal,
  splitJournal,
  subsidyJournals,
} from './journal.rules.js';
import { RuleBook } from './rule-book.service.js';
import { SellerFeeService } from './seller-fee.service.js';
import { SplitRepository } from './split.repository.js';
import {
  type LineDraft,
  type SaleFreight,
  type SaleLine,
  type ShareDraft,
  feeBearersOf,
  freightDraftOf,
  lineDraftOf,
  sharesOfFreight,
  sharesOfLine,
} from './split.rules.js';

/** What was bought, as it was when it was paid. */
export interface Sale {
  readonly lines: readonly SaleLine[];
  readonly freights: readonly SaleFreight[];
}

/** Money coming in. Called by consumers: what the ledger refuses is thrown. */
@Injectable()
export class SaleSplitService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly ruleBook: RuleBook,
    private readonly splits: SplitRepository,
    private readonly fees: SellerFeeService,
  ) {}

  /** Money that was kept is split at once, by the rules in force when it was paid; anything else waits to go back. */
  async capture(tx: Tx, capture: Capture, sale: Sale | null, cause: Cause): Promise<void> {
    const taken = captureJournal(capture, cause);
    if (capture.disposition !== 'KEPT') {
      posted(await this.ledger.post(tx, [taken]));
      return;
    }
    const { lines, shares } = await this.split(
      tx,
      present(sale, `the sale that ${capture.paymentId} pays`),
      cause.at,
    );
    const subsidyFen = sumFen(lines.map((line) => line.subsidyFen));
    assert(
      sumFen(shares.map(({ shareFen }) => shareFen)) === capture.amountFen + subsidyFen,
      'the shares make what was paid',
    );
    const journals = [
      taken,
      ...subsidyJournals(capture, subsidyFen, cause),
      splitJournal(capture, shares, cause),
    ];
    const split = posted(await this.ledger.post(tx, journals)).at(-1);
    if (!split?.isNew) return;
    await this.splits.insertShares(tx, capture, lines, shares);
    // Its fee may have been told before it.
    if (lines.some(({ feeBearer }) => feeBearer === 'SELLER')) await this.fees.passOn(tx, capture, cause);
  }

  async chargeFee(tx: Tx, fee: ProviderFee, cause: Cause): Promise<void> {
    if (fee.feeFen === 0n) return;
    const [charged] = posted(await this.ledger.post(tx, [feeJournal(fee, cause)]));
    if (charged?.isNew) await this.fees.charge(tx, fee, cause);
  }

  private async split(
    tx: Tx,
    sale: Sale,
    at: Date,
  ): Promise<{ readonly lines: readonly LineDraft[]; readonly shares: readonly ShareDraft[] }> {
    const goods = sale.lines.filter(({ goodsFen }) => goodsFen > 0n);
    const rulesOf = await this.ruleBook.of(goods, at, tx);
    const lines = goods.map((line) => lineDraftOf(rulesOf(line), line));
    const bearers = feeBearersOf(lines);
    const freights = sale.freights.filter(({ freightFen }) => freightFen > 0n);
    return {
      lines: [...lines, ...freights.map((freight) => freightDraftOf(freight, bearers))],
      shares: [
        ...goods.flatMap((line) => sharesOfLine(rulesOf(line), line)),
        ...freights.flatMap(sharesOfFreight),
      ],
    };
  }
}
