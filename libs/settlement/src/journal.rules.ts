import { type Fen, assert, sumFen } from '#libs/kernel';
import {
  type AccountCode,
  type JournalDraft,
  type TransferDraft,
  buyerReceivableAccount,
  voucherReceivableAccount,
} from '#libs/ledger';
import { type Credit, type Debit, type Taking, debitsOf } from './clawback.rules.js';
import type { FeePart } from './seller-fee.rules.js';
import {
  type ShareDraft,
  type ShareRow,
  type VoucherShare,
  accountOf,
  heldOf,
  isReleasable,
} from './split.rules.js';

export const CAPTURE_DISPOSITIONS = ['KEPT', 'DEPOSIT', 'LATE', 'DUPLICATE', 'MISMATCHED'] as const;
export type CaptureDisposition = (typeof CAPTURE_DISPOSITIONS)[number];

/** What caused a journal, and when it takes effect. */
export interface Cause {
  /** Null where the clock caused it. */
  readonly eventId: string | null;
  readonly at: Date;
}

export interface Capture {
  readonly paymentId: string;
  readonly orderId: string;
  readonly intentRef: string;
  readonly amountFen: Fen;
  readonly disposition: CaptureDisposition;
  /** Held until now, and used with it; nothing unless said. */
  readonly depositFen?: Fen;
}

/** What a unit owes once an order has been signed for; it comes into escrow as a payment does. */
export interface SaleOnAccount {
  readonly paymentId: string;
  readonly orderId: string;
  readonly unitId: string;
  readonly amountFen: Fen;
}

/** What a sale is booked under. */
export type SaleRef = Pick<Capture, 'orderId' | 'paymentId'>;

export interface ProviderFee {
  readonly orderId: string;
  readonly paymentId: string;
  readonly movementRef: string;
  readonly feeFen: Fen;
}

/** Money between the provider and our own bank, as the provider lists it. */
export interface BankMovement {
  readonly movementRef: string;
  readonly kind: 'BANK_PAYOUT' | 'TOP_UP';
  /** What came to our balance at the provider; below nothing where it left for our bank. */
  readonly grossFen: Fen;
  readonly feeFen: Fen;
}

const BANK: AccountCode = 'asset:bank:main';
const PROVIDER: AccountCode = 'asset:psp:stripe:cny';
const SUBSIDY: AccountCode = 'expense:subsidy';
/** What finance bureaus owe for vouchers; a receivable of its own for each. */
const VOUCHERS = voucherReceivableAccount('');

/** One transfer per pair of accounts, in the order of their codes, so that the same content is always the same text. */
export function merged(transfers: readonly TransferDraft[]): TransferDraft[] {
  const sums = new Map<string, TransferDraft>();
  for (const transfer of transfers) {
    const pair = `${transfer.debit} ${transfer.credit}`;
    const before = sums.get(pair)?.amountFen ?? 0n;
    sums.set(pair, { ...transfer, amountFen: before + transfer.amountFen });
  }
  return [...sums.entries()]
    .filter(([, { amountFen }]) => amountFen > 0n)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, transfer]) => transfer);
}

function journal(
  kind: string,
  idempotencyKey: string,
  subject: string,
  { eventId, at }: Cause,
  transfers: readonly TransferDraft[],
): JournalDraft {
  return { idempotencyKey, kind, subject, eventId, effectiveAt: at, transfers: merged(transfers) };
}

/** Money that is not what the order asked for belongs to nobody yet and waits in suspense; a deposit is held for its buyer. */
const WAITS_IN: Readonly<Record<CaptureDisposition, AccountCode>> = {
  KEPT: 'liability:escrow',
  DEPOSIT: 'liability:deposit',
  LATE: 'liability:escrow',
  DUPLICATE: 'liability:escrow',
  MISMATCHED: 'liability:suspense',
};

export function captureJournal(capture: Capture, cause: Cause): JournalDraft {
  const credit = WAITS_IN[capture.disposition];
  return journal('payment_captured', `pay:stripe:${capture.intentRef}`, capture.orderId, cause, [
    { debit: PROVIDER, credit, amountFen: capture.amountFen },
  ]);
}

/** The rest has come, and the deposit is used with it. */
export function depositUsedJournals({ orderId, depositFen = 0n }: Capture, cause: Cause): JournalDraft[] {
  if (depositFen === 0n) return [];
  return [
    journal('deposit_used', `deposit:${orderId}`, orderId, cause, [
      { debit: 'liability:deposit', credit: 'liability:escrow', amountFen: depositFen },
    ]),
  ];
}

/** The unit owes it from now on. */
export function onAccountJournal(
  { orderId, unitId, amountFen }: Pick<SaleOnAccount, 'orderId' | 'unitId' | 'amountFen'>,
  cause: Cause,
): JournalDraft {
  return journal('sale_on_account', `onaccount:${orderId}`, orderId, cause, [
    { debit: buyerReceivableAccount(unitId), credit: 'liability:escrow', amountFen },
  ]);
}

/** Money of somebody who pays of the goods besides the buyer. */
interface FunderPart {
  readonly account: AccountCode;
  readonly amountFen: Fen;
}

/** Whose it is: of each bureau what its vouchers pay, and the rest the platform's own. */
export function fundersOf(subsidyFen: Fen, vouchers: readonly VoucherShare[]): FunderPart[] {
  const byVouchersFen = sumFen(vouchers.map(({ amountFen }) => amountFen));
  assert(byVouchersFen <= subsidyFen, 'vouchers pay a part of what others pay');
  return [
    { account: SUBSIDY, amountFen: subsidyFen - byVouchersFen },
    ...vouchers.map(({ divisionCode, amountFen }) => ({
      account: voucherReceivableAccount(divisionCode),
      amountFen,
    })),
  ];
}

/** What others pay of the goods comes in with what the buyer pays: of the platform at once, of finance bureaus as a claim. */
export function subsidyJournals(
  capture: SaleRef,
  funders: readonly FunderPart[],
  cause: Cause,
): JournalDraft[] {
  if (funders.every(({ amountFen }) => amountFen === 0n)) return [];
  const key = `subsidy:${capture.orderId}:${capture.paymentId}`;
  const transfers = funders.map(({ account, amountFen }) => ({
    debit: account,
    credit: 'liability:escrow' as const,
    amountFen,
  }));
  return [journal('subsidy', key, capture.orderId, cause, transfers)];
}

export function splitJournal(capture: SaleRef, shares: readonly ShareDraft[], cause: Cause): JournalDraft {
  const transfers = shares.map((share): TransferDraft => ({
    debit: 'liability:escrow',
    credit: accountOf(share, 'held'),
    amountFen: share.shareFen,
  }));
  return journal(
    'order_split',
    `split:${capture.orderId}:${capture.paymentId}`,
    capture.orderId,
    cause,
    transfers,
  );
}

/** An expense of the platform first; what others bear of it is passed on to them. */
export function feeJournal(fee: ProviderFee, cause: Cause): JournalDraft {
  return journal('psp_fee', `fee:${fee.movementRef}`, fee.orderId, cause, [
    { debit: 'expense:psp_fee', credit: PROVIDER, amountFen: fee.feeFen },
  ]);
}

/** Those with a share bear their part of what the provider charges. */
export function feeBorneJournal(
  orderId: string,
  movementRef: string,
  parts: readonly FeePart[],
  cause: Cause,
): JournalDraft {
  const transfers = parts.map(({ share, feeFen }): TransferDraft => ({
    debit: accountOf(share, 'held'),
    credit: 'expense:psp_fee',
    amountFen: feeFen,
  }));
  return journal('fee_borne', `fee:${movementRef}:borne`, orderId, cause, transfers);
}

/** What they bore of money that goes back to the buyer becomes the platform's again. */
export function feeReturnedJournal(
  orderId: string,
  refundId: string,
  parts: readonly FeePart[],
  cause: Cause,
): JournalDraft {
  const transfers = parts.map(({ share, feeFen }): TransferDraft => ({
    debit: 'expense:psp_fee',
    credit: accountOf(share, share.releasedAt === null ? 'held' : 'available'),
    amountFen: feeFen,
  }));
  return journal('fee_returned', `fee:${refundId}:returned`, orderId, cause, transfers);
}

/** Households that were named later get what waited for them. */
export function poolJournal(
  assignmentId: string,
  transfers: readonly TransferDraft[],
  { at }: Pick<Cause, 'at'>,
): JournalDraft {
  return {
    idempotencyKey: `pool:${assignmentId}`,
    kind: 'pool_assigned',
    subject: assignmentId,
    eventId: null,
    effectiveAt: at,
    transfers: merged(transfers),
  };
}

/** One journal per line; what has gone back meanwhile is not released. */
export function releaseJournals(orderId: string, shares: readonly ShareRow[], cause: Cause): JournalDraft[] {
  const lines = new Map<string, TransferDraft[]>();
  for (const share of shares.filter(isReleasable)) {
    if (heldOf(share) === 0n) continue;
    const transfers = lines.get(share.lineId) ?? [];
    transfers.push({
      debit: accountOf(share, 'held'),
      credit: accountOf(share, 'available'),
      amountFen: heldOf(share),
    });
    lines.set(share.lineId, transfers);
  }
  return [...lines].map(([lineId, transfers]) =>
    journal('release', `release:${lineId}`, orderId, cause, transfers),
  );
}

/** Where a refund's money leaves from: set aside for the provider or bank, or gone already with a dispute. */
export type RefundJournalKind = 'refund_reserved' | 'dispute_lost';

export interface RefundLabel {
  readonly kind: RefundJournalKind;
  readonly idempotencyKey: string;
  readonly subject: string;
}

export function refundLabel(refundId: string): RefundLabel {
  return { kind: 'refund_reserved', idempotencyKey: `refund:${refundId}:reserve`, subject: refundId };
}

export function disputeLabel(disputeId: string): RefundLabel {
  return { kind: 'dispute_lost', idempotencyKey: `dispute:${disputeId}:lost`, subject: disputeId };
}

const GOES_TO: Readonly<Record<RefundJournalKind, AccountCode>> = {
  refund_reserved: 'liability:refund_payable',
  dispute_lost: 'asset:receivable:dispute',
};

/** From each account what it gives, to where the refund leaves from; what of it others had paid ends with them. */
export function takeJournal(
  { kind, idempotencyKey, subject }: RefundLabel,
  debits: readonly Debit[],
  cause: Cause,
  funders: readonly FunderPart[] = [],
): JournalDraft {
  const through = GOES_TO[kind];
  return journal(kind, idempotencyKey, subject, cause, [
    ...debits.map((debit) => ({ ...debit, credit: through })),
    ...funders.map(({ account, amountFen }) => ({ debit: through, credit: account, amountFen })),
  ]);
}

/** What of a reserved refund went to others than the buyer. */
export function fundersIn(transfers: readonly Pick<TransferDraft, 'credit' | 'amountFen'>[]): FunderPart[] {
  return transfers
    .filter(({ credit }) => credit === SUBSIDY || credit.startsWith(VOUCHERS))
    .map(({ credit, amountFen }) => ({ account: credit, amountFen }));
}

/** What came too late or twice never left escrow; what did not match never left suspense, and a deposit that was not used is still held. */
export function strayDebit(amountFen: Fen, disposition: CaptureDisposition): Debit {
  return { debit: WAITS_IN[disposition], amountFen };
}

export function takingsJournal(
  label: RefundLabel,
  takings: readonly Taking[],
  cause: Cause,
  funders: readonly FunderPart[],
): JournalDraft {
  return takeJournal(label, takings.flatMap(debitsOf), cause, funders);
}

export function settleJournal(refund: SettledRefund, cause: Cause): JournalDraft {
  const { refundId, amountFen, isByBank } = refund;
  const credit: AccountCode = isByBank ? BANK : PROVIDER;
  return journal('refund_settled', `refund:${refundId}:settle`, refundId, cause, [
    { debit: 'liability:refund_payable', credit, amountFen },
  ]);
}

export interface SettledRefund {
  readonly refundId: string;
  readonly amountFen: Fen;
  /** Sent from our bank account and not by the provider. */
  readonly isByBank: boolean;
}

/** What a refund that failed gives back; what others had paid they pay again. */
export function failJournal(
  refundId: string,
  credits: readonly Credit[],
  cause: Cause,
  funders: readonly FunderPart[] = [],
): JournalDraft {
  const through = GOES_TO.refund_reserved;
  return journal('refund_failed', `refund:${refundId}:fail`, refundId, cause, [
    ...funders.map(({ account, amountFen }) => ({ debit: account, credit: through, amountFen })),
    ...credits.map((credit) => ({ debit: through, ...credit })),
  ]);
}

/** The order of accounts is the order of payees, whatever order their shares stand in. */
export function clawbackOffsetJournal(
  key: string,
  subject: string,
  transfers: readonly TransferDraft[],
  cause: Cause,
): JournalDraft {
  return journal('clawback_offset', key, subject, cause, transfers);
}

/** What a failed refund has given back to shares that were released meanwhile follows them. */
export function followReleaseJournal(
  orderId: string,
  refundId: string,
  returned: readonly { readonly share: ShareRow; readonly amountFen: Fen }[],
  cause: Cause,
): JournalDraft {
  const transfers = returned.map(({ share, amountFen }): TransferDraft => ({
    debit: accountOf(share, 'held'),
    credit: accountOf(share, 'available'),
    amountFen,
  }));
  return journal('release', `release:refund:${refundId}`, orderId, cause, transfers);
}

/** Where the books have such a movement. */
export function bankMovementKey(movementRef: string): string {
  return `psp_payout:stripe:${movementRef}`;
}

/** One asset of ours becomes another; what the provider takes for it is its fee. Called off, it goes the other way, as a movement of its own. */
export function bankMovementJournal(
  { movementRef, kind, grossFen, feeFen }: BankMovement,
  cause: Cause,
): JournalDraft {
  const between = (from: AccountCode, to: AccountCode, amountFen: Fen): TransferDraft =>
    amountFen < 0n
      ? { debit: from, credit: to, amountFen: 0n - amountFen }
      : { debit: to, credit: from, amountFen };
  const word = kind === 'TOP_UP' ? 'psp_top_up' : 'psp_payout';
  return journal(word, bankMovementKey(movementRef), movementRef, cause, [
    between(BANK, PROVIDER, grossFen),
    between(PROVIDER, 'expense:psp_fee', feeFen),
  ]);
}

interface DisputedMoney {
  readonly disputeId: string;
  readonly amountFen: Fen;
}

/** The bank has taken it from what is at the provider, and the provider keeps a fee besides. */
export function disputeOpenedJournal(
  { disputeId, amountFen, feeFen }: DisputedMoney & { readonly feeFen: Fen },
  cause: Cause,
): JournalDraft {
  return journal('dispute_opened', `dispute:${disputeId}:opened`, disputeId, cause, [
    { debit: 'asset:receivable:dispute', credit: PROVIDER, amountFen },
    { debit: 'expense:psp_fee', credit: PROVIDER, amountFen: feeFen },
  ]);
}

export function disputeWonJournal({ disputeId, amountFen }: DisputedMoney, cause: Cause): JournalDraft {
  return journal('dispute_won', `dispute:${disputeId}:won`, disputeId, cause, [
    { debit: PROVIDER, credit: 'asset:receivable:dispute', amountFen },
  ]);
}
