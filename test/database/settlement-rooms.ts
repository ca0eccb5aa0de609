import type { Type } from '@nestjs/common';
import { type Fen, newId } from '#libs/kernel';
import { LedgerReader, LedgerService, posted } from '#libs/ledger';
import {
  type CaptureDisposition,
  type ProviderFee,
  type RefundClaim,
  RefundReversalService,
  type Sale,
  SaleSplitService,
  SettlementModule,
  ShareReleaseService,
  SplitReader,
} from '#libs/settlement';
import { type Rooms, openRooms } from '../harness/rooms.js';

type Line = Sale['lines'][number];

const TABLES = [
  'ledger_day_waiting',
  'ledger_day_balance',
  'ledger_transfer',
  'ledger_journal',
  'ledger_pending',
  'split_line',
  'split_share',
  'split_reversal',
  'split_fee',
  'share_hold',
  'outbox',
];
const SUMS = [
  'debits_posted_fen',
  'credits_posted_fen',
  'debits_pending_fen',
  'credits_pending_fen',
  'version',
];

/** A line bought at a counter, from a cooperative with one household behind it. */
export function goods(lineId: string, goodsFen: Fen, more: Partial<Line> = {}): Line {
  return {
    lineId,
    merchantOrderId: 'mor_1',
    merchantId: 'mer_1',
    productId: 'prd_1',
    goodsFen,
    subsidyFen: 0n,
    isCertified: true,
    channelKind: 'COUNTER',
    operatorId: 'chp_1',
    originCountyCode: '430225',
    saleCountyCode: '430211',
    households: [{ householdId: 'hhd_1', weight: 1 }],
    ...more,
  };
}

/** A refund of that order, from its only line unless said. */
export function claim(
  amountFen: Fen,
  parts: RefundClaim['parts'] = [{ lineId: 'oln_1', amountFen }],
  refundId = 'rfd_1',
): RefundClaim {
  return { refundId, orderId: 'ord_1', amountFen, disposition: 'KEPT', borneBy: 'SELLERS', parts };
}

/** One payout each, in any test. */
type PaidPayee = 'mer_1' | 'hhd_1' | 'chp_1' | 'fund:430225';
const payoutKey = (payee: PaidPayee) => `payout:${payee}`;

/** The books of one order, `ord_1`, and what consumers do to them. */
export class SettlementRooms {
  private constructor(readonly rooms: Rooms) {}

  static async open(...more: readonly Type[]): Promise<SettlementRooms> {
    return new SettlementRooms(await openRooms(SettlementModule, ...more));
  }

  close(): Promise<void> {
    return this.rooms.close();
  }

  get sales(): SaleSplitService {
    return this.rooms.get(SaleSplitService);
  }

  get releases(): ShareReleaseService {
    return this.rooms.get(ShareReleaseService);
  }

  get reader(): LedgerReader {
    return this.rooms.get(LedgerReader);
  }

  /** Nothing may be amiss, whatever a test has done; then everything is forgotten but the accounts. */
  async proveAndForget(): Promise<void> {
    expect((await this.reader.trialBalance()).differenceFen).toBe(0n);
    expect(await this.reader.disagreements()).toEqual([]);
    expect(await this.rooms.get(SplitReader).unevenLines(10)).toEqual([]);
    await this.rooms.clear(...TABLES);
    await this.rooms.asOwner(async (tx) => {
      await tx.write(`UPDATE ledger_account SET ${SUMS.map((sum) => `${sum} = 0`).join(', ')}`);
    });
  }

  cause(at = this.rooms.clock.now()) {
    return { eventId: newId('evt'), at };
  }

  capture(
    amountFen: Fen,
    sale: Sale | null,
    disposition: CaptureDisposition = 'KEPT',
    at = this.rooms.clock.now(),
    orderId = 'ord_1',
  ): Promise<void> {
    const capture = {
      orderId,
      paymentId: `pay_${orderId}`,
      intentRef: `pi_${orderId}`,
      amountFen,
      disposition,
    };
    return this.rooms.database.transaction((tx) => this.sales.capture(tx, capture, sale, this.cause(at)));
  }

  sell(...lines: Sale['lines']): Promise<void> {
    const total = lines.reduce((sum, line) => sum + line.goodsFen - line.subsidyFen, 0n);
    return this.capture(total, { lines, freights: [] });
  }

  charge(fee: ProviderFee): Promise<void> {
    return this.rooms.database.transaction((tx) => this.sales.chargeFee(tx, fee, this.cause()));
  }

  release(merchantOrderId = 'mor_1', orderId = 'ord_1'): Promise<void> {
    const order = { orderId, merchantOrderId };
    return this.rooms.database.transaction((tx) => this.releases.release(tx, order, this.cause()));
  }

  reserve(given: RefundClaim) {
    const refunds = this.rooms.get(RefundReversalService);
    return this.rooms.database.transaction((tx) => refunds.reserve(tx, given, this.cause()));
  }

  settle(refundId: string, amountFen: Fen): Promise<void> {
    const refunds = this.rooms.get(RefundReversalService);
    const refund = { refundId, amountFen, isByBank: false };
    return this.rooms.database.transaction((tx) => refunds.settle(tx, refund, this.cause()));
  }

  undo(refundId: string): Promise<void> {
    const refunds = this.rooms.get(RefundReversalService);
    return this.rooms.database.transaction((tx) =>
      refunds.undo(tx, { refundId, orderId: 'ord_1' }, this.cause()),
    );
  }

  /** A payout under way, as far as the books know of it. */
  promise(payee: PaidPayee, amountFen: Fen): Promise<void> {
    const ledger = this.rooms.get(LedgerService);
    return this.rooms.database.transaction(async (tx) => {
      const draft = {
        idempotencyKey: payoutKey(payee),
        kind: 'payout',
        subject: payee,
        eventId: null,
        effectiveAt: this.rooms.clock.now(),
        expiresAt: null,
        transfers: [{ debit: `liability:available:${payee}`, credit: 'asset:bank:main', amountFen }] as const,
      };
      posted(await ledger.reserve(tx, [draft]));
    });
  }

  finish(payee: PaidPayee, act: 'POST' | 'VOID'): Promise<void> {
    const ledger = this.rooms.get(LedgerService);
    return this.rooms.database.transaction(async (tx) => {
      const at = this.rooms.clock.now();
      const end = { pendingKey: payoutKey(payee), act, idempotencyKey: `${payoutKey(payee)}:${act}`, at };
      posted(await ledger.resolve(tx, [{ ...end, eventId: null }]));
    });
  }

  async payOut(payee: PaidPayee, amountFen: Fen): Promise<void> {
    await this.promise(payee, amountFen);
    await this.finish(payee, 'POST');
  }

  /** The accounts that hold anything. */
  async books(): Promise<Record<string, number>> {
    const { nodes } = await this.reader.accounts('', { first: 100, after: null });
    const held = nodes.filter(({ balanceFen }) => balanceFen !== 0n);
    return Object.fromEntries(held.map(({ code, balanceFen }) => [code, Number(balanceFen)]));
  }

  sharesOf(lineId: string): Promise<{ share: string; reversed: string; released: string }[]> {
    return this.rooms.database.query(
      `SELECT share_fen AS share, reversed_fen AS reversed, released_fen AS released
       FROM split_share WHERE line_id = ? ORDER BY rank_no`,
      [lineId],
    );
  }

  async emitted(): Promise<string[]> {
    const rows = await this.rooms.database.query<{ name: string }>('SELECT name FROM outbox ORDER BY id');
    return rows.map(({ name }) => name);
  }
}
