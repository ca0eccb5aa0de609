import { type Fen, present, sumFen } from '#libs/kernel';
import type { AccountJournal } from '#libs/ledger';
import type { PayeeReversal, PayeeShare } from '#libs/settlement';
import type { StatementLine, StatementLineKind } from './statement.entity.js';
import { type Amounts, NOTHING, type PayeeAccounts, movedOf } from './statement.rules.js';

const KIND_OF: Readonly<Record<string, StatementLineKind>> = {
  order_split: 'SALE',
  release: 'RELEASE',
  refund_reserved: 'REFUND',
  refund_failed: 'REFUND_FAILED',
  fee_borne: 'FEE',
  fee_returned: 'FEE_RETURNED',
  clawback_offset: 'CLAWBACK',
  dispute_lost: 'DISPUTE',
  pool_assigned: 'POOL',
  payout: 'PAYOUT',
  payout_returned: 'PAYOUT_RETURNED',
  adjustment: 'ADJUSTMENT',
};

/** A kind of journal that is new to us is shown as such, with its own name, and counted like any other. */
export function lineKindOf(journalKind: string): StatementLineKind {
  return KIND_OF[journalKind] ?? 'OTHER';
}

/** What stands behind journals, as far as it is known. */
export interface Details {
  readonly shares: readonly PayeeShare[];
  readonly reversals: readonly PayeeReversal[];
  /** By order line: what the goods are called. */
  readonly names: ReadonlyMap<string, string>;
  /** By payout: what the bank calls it. */
  readonly refs: ReadonlyMap<string, string>;
}

export type LineDraft = Omit<StatementLine, 'statementId' | 'chainedPayeeId'>;

const WORDING_MAX = 200;
const NAMES_MAX = 3;
const FREIGHT = '运费';

type Part = Pick<LineDraft, 'orderId' | 'wording' | 'grossFen' | 'feeFen'> & { readonly amounts: Amounts };
type Goods = Pick<PayeeReversal, 'lineId' | 'isFreight' | 'grossFen' | 'platformFen'>;

function wordingOf(
  goods: readonly Pick<Goods, 'lineId' | 'isFreight'>[],
  names: ReadonlyMap<string, string>,
): string {
  const known = [
    ...new Set(goods.map(({ lineId, isFreight }) => (isFreight ? FREIGHT : (names.get(lineId) ?? '')))),
  ];
  const words = known.filter((word) => word !== '');
  const more = words.length > NAMES_MAX ? ` 等 ${words.length} 项` : '';
  return `${words.slice(0, NAMES_MAX).join('、')}${more}`.slice(0, WORDING_MAX);
}

/** The line that a journal of release is of, by its key. */
function releasedLine({ idempotencyKey }: AccountJournal): string {
  return idempotencyKey.replace(/^release:(refund:.*)?/, '');
}

function soldBy({ subject }: AccountJournal, { shares }: Details): PayeeShare[] {
  return shares.filter(({ orderId, shareFen }) => orderId === subject && shareFen > 0n);
}

function salePart(
  amounts: Amounts,
  { subject }: AccountJournal,
  goods: readonly PayeeShare[],
  names: Details['names'],
): Part {
  const sold = goods.map((share) => ({ ...share, grossFen: share.baseFen }));
  return goodsPart(amounts, subject, sold, names);
}

/** A sale is shown line by line where the shares make what the journal moved; a household named later has shares beside it. */
function saleParts(moved: Amounts, journal: AccountJournal, details: Details): Part[] {
  const own = soldBy(journal, details);
  const isWhole = sumFen(own.map(({ shareFen }) => shareFen)) === moved.heldFen;
  if (own.length === 0 || !isWhole) return [salePart(moved, journal, own, details.names)];
  return own.map((share) =>
    salePart({ ...NOTHING, heldFen: share.shareFen }, journal, [share], details.names),
  );
}

/** `sign` is -1n for what is taken back. */
function goodsPart(
  amounts: Amounts,
  orderId: string,
  goods: readonly Goods[],
  names: ReadonlyMap<string, string>,
  sign = 1n,
): Part {
  const sumOf = (amount: (each: Goods) => Fen) =>
    goods.length === 0 ? null : sign * sumFen(goods.map(amount));
  return {
    amounts,
    orderId,
    wording: wordingOf(goods, names),
    grossFen: sumOf(({ grossFen }) => grossFen),
    feeFen: sumOf(({ platformFen }) => platformFen),
  };
}

function partsOf(moved: Amounts, journal: AccountJournal, details: Details): Part[] {
  const { subject } = journal;
  const plain = (orderId: string, wording = ''): Part[] => [
    { amounts: moved, orderId, wording, grossFen: null, feeFen: null },
  ];
  switch (lineKindOf(journal.kind)) {
    case 'SALE':
      return saleParts(moved, journal, details);
    case 'RELEASE': {
      const lineId = releasedLine(journal);
      const goods = details.shares.filter((share) => share.lineId === lineId);
      return plain(subject, wordingOf(goods, details.names));
    }
    case 'REFUND':
    case 'REFUND_FAILED':
    case 'DISPUTE': {
      const taken = details.reversals.filter(({ refundId }) => refundId === subject);
      const sign = lineKindOf(journal.kind) === 'REFUND_FAILED' ? 1n : -1n;
      return [goodsPart(moved, taken[0]?.orderId ?? '', taken, details.names, sign)];
    }
    case 'FEE':
    case 'FEE_RETURNED':
      return plain(subject);
    case 'PAYOUT':
    case 'PAYOUT_RETURNED':
      return plain('', details.refs.get(subject) ?? '');
    default:
      return plain(subject.startsWith('ord_') ? subject : '');
  }
}

/** What one journal did to a payee's accounts, in the words of a statement; together exactly what it moved. */
export function linesOf(
  accounts: PayeeAccounts,
  journal: AccountJournal,
  details: Details,
  from: Date,
): LineDraft[] {
  const { journalId, kind, subject, effectiveAt, creditedFen } = journal;
  return partsOf(movedOf(accounts, creditedFen), journal, details).map(({ amounts, ...part }, index) => ({
    journalId,
    partNo: index + 1,
    kind: lineKindOf(kind),
    journalKind: kind,
    subject,
    ...part,
    ...amounts,
    effectiveAt,
    isLate: effectiveAt < from,
  }));
}

export type WholeLine = Pick<LineDraft, 'journalId' | 'kind' | 'subject' | 'effectiveAt'> &
  Omit<Part, 'feeFen'>;

/** The same in one line, whatever the order holds: for whoever reads down what has come and gone. */
export function wholeLineOf(accounts: PayeeAccounts, journal: AccountJournal, details: Details): WholeLine {
  const { journalId, subject, effectiveAt } = journal;
  const kind = lineKindOf(journal.kind);
  const moved = movedOf(accounts, journal.creditedFen);
  const [part] =
    kind === 'SALE'
      ? [salePart(moved, journal, soldBy(journal, details), details.names)]
      : partsOf(moved, journal, details);
  const { orderId, wording, grossFen, amounts } = present(part, 'a part');
  return { journalId, kind, subject, effectiveAt, orderId, wording, grossFen, amounts };
}

/** Whose details are worth asking for. */
export function subjectsOf(journals: readonly AccountJournal[]): {
  readonly orderIds: readonly string[];
  readonly refundIds: readonly string[];
  readonly payoutIds: readonly string[];
} {
  const of = (...kinds: readonly StatementLineKind[]) => [
    ...new Set(journals.filter(({ kind }) => kinds.includes(lineKindOf(kind))).map(({ subject }) => subject)),
  ];
  return {
    orderIds: of('SALE', 'RELEASE'),
    refundIds: of('REFUND', 'REFUND_FAILED', 'DISPUTE'),
    payoutIds: of('PAYOUT', 'PAYOUT_RETURNED'),
  };
}
