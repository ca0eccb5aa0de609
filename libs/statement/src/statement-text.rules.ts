import { businessDay } from '#libs/kernel';
import type { PaidKind } from '#libs/settlement';
import type { StatementDocument, StatementLineKind } from './statement.entity.js';
import type {
  StatementBalances,
  StatementLineRow,
  StatementRevisionRow,
  StatementRow,
  StatementTotalView,
} from './statement.reader.js';

/** All that a statement says, but its lines. The same sheet makes the same bytes, now and in ten years. */
export interface StatementSheet {
  readonly statement: StatementRow;
  readonly revision: Pick<StatementRevisionRow, 'rev' | 'number' | 'reason'>;
  /** Of the edition before; null for the first. */
  readonly replaces: string | null;
  readonly balances: StatementBalances;
  readonly document: StatementDocument;
  readonly totals: readonly StatementTotalView[];
}

/** Chinese first, for whoever has to file it. */
export const LINE_WORDS: Readonly<Record<StatementLineKind, readonly [string, string]>> = {
  SALE: ['销售分成', 'Sale'],
  RELEASE: ['结算释放', 'Release'],
  REFUND: ['退款', 'Refund'],
  REFUND_FAILED: ['退款失败退回', 'Refund undone'],
  FEE: ['支付手续费', 'Provider fee'],
  FEE_RETURNED: ['手续费退还', 'Fee returned'],
  CLAWBACK: ['应退抵扣', 'Offset'],
  DISPUTE: ['争议败诉扣回', 'Dispute'],
  POOL: ['农户资金分配', 'Pool'],
  PAYOUT: ['付款', 'Payout'],
  PAYOUT_RETURNED: ['付款退回', 'Payout back'],
  ADJUSTMENT: ['调整', 'Adjustment'],
  OTHER: ['其他', 'Other'],
};

export const PAYEE_WORDS: Readonly<Record<PaidKind, readonly [string, string]>> = {
  MERCHANT: ['商户', 'Merchant'],
  HOUSEHOLD: ['农户（仅列代码）', 'Household, by code only'],
  OPERATOR: ['专柜运营方', 'Counter operator'],
  FUND: ['县帮扶基金', 'County fund'],
};

export const LATE_MARK = '补';

/** What a line is called: its kind, and the ledger's own word where there is no other. */
export function lineTitle({ kind, journalKind, isLate }: StatementLineRow): string {
  const [zh, en] = LINE_WORDS[kind];
  const name = kind === 'OTHER' ? `${zh} ${journalKind}` : `${zh} ${en}`;
  return isLate ? `${LATE_MARK} ${name}` : name;
}

/** What it refers to: its order, and for all else what caused it. */
export function referenceOf({ orderId, subject }: Pick<StatementLineRow, 'orderId' | 'subject'>): string {
  return orderId === '' ? subject : orderId;
}

export function dayOfLine({ effectiveAt }: Pick<StatementLineRow, 'effectiveAt'>): string {
  return businessDay(effectiveAt);
}
