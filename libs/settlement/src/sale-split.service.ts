import { Injectable } from '@nestjs/common';
import { type Fen, assert, present, sumFen } from '#libs/kernel';
import { type JournalDraft, LedgerService, posted } from '#libs/ledger';
import type { Tx } from '#platform/database';
import {
  type Capture,
  type Cause,
  type ProviderFee,
  type SaleOnAccount,
  type SaleRef,
  captureJournal,
  depositUsedJournals,
  feeJournal,
  fundersOf,
  onAccountJournal,
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

/** What the buyer pays, and by which journals it comes. */
interface Money {
  readonly ref: SaleRef;
  readonly taken: JournalDraft;
  readonly deposits: readonly JournalDraft[];
  readonly amountFen: Fen;
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
    const kept = present(sale, `the sale that ${capture.paymentId} pays`);
    const { amountFen, depositFen = 0n } = capture;
    const money = { ref: capture, taken, deposits: depositUsedJournals(capture, cause) };
    const lines = await this.book(tx, { ...money, amountFen: amountFen + depositFen }, kept, cause);
    // Its fee may have been told before it.
    if (lines.some(({ feeBearer }) => feeBearer === 'SELLER')) await this.fees.passOn(tx, capture, cause);
  }

  /** What was signed for is owed, and split at once by the rules in force when it was; false where it had been booked before. */
  async accept(tx: Tx, promise: SaleOnAccount, sale: Sale, cause: Cause): Promise<boolean> {
    const taken = onAccountJournal(promise, cause);
    const money = { ref: promise, taken, deposits: [], amountFen: promise.amountFen };
    const lines = await this.book(tx, money, sale, cause);
    return lines.length > 0;
  }

  /** What comes in, and who has which share of it; no lines where it had been booked before. */
  private async book(
    tx: Tx,
    { ref, taken, deposits, amountFen }: Money,
    sale: Sale,
    cause: Cause,
  ): Promise<readonly LineDraft[]> {
    const { lines, shares } = await this.split(tx, sale, cause.at);
    const subsidyFen = sumFen(lines.map((line) => line.subsidyFen));
    assert(
      sumFen(shares.map(({ shareFen }) => shareFen)) === amountFen + subsidyFen,
      'the shares make what was paid',
    );
    // Of goods for nothing there is nothing to book; what others have paid whole brings nothing from the buyer.
    if (shares.length === 0) return [];
    const vouchers = sale.lines.flatMap((line) => line.vouchers ?? []);
    const journals = [
      ...(amountFen > 0n ? [taken, ...deposits] : []),
      ...subsidyJournals(ref, fundersOf(subsidyFen, vouchers), cause),
      splitJournal(ref, shares, cause),
    ];
    const split = posted(await this.ledger.post(tx, journals)).at(-1);
    if (!split?.isNew) return [];
    await this.splits.insertShares(tx, ref, lines, shares);
    return lines;
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
