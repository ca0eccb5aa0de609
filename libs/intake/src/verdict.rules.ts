import type { Fen } from '#libs/kernel';
import type { RowState } from './batch.entity.js';
import { type RowFault, fault } from './row-field.rules.js';
import { type Sale, reversalHash, saleHash } from './sale-lookup.rules.js';
import { type ReversalRow, identityOf, saleIdentityOf } from './sale-row.rules.js';

/** A row that is in order by itself. */
export type Candidate =
  | { readonly rowNo: number; readonly kind: 'SALE'; readonly sale: Sale }
  | { readonly rowNo: number; readonly kind: 'REVERSAL'; readonly reversal: ReversalRow };

/** What is on record under an identity, or comes to be by an earlier row of the same batch. */
export interface OnRecord {
  readonly id: string;
  readonly contentHash: Buffer;
  readonly state: RowState;
  /** Only of sales: what may go back of them. */
  readonly sale: { readonly of: Sale; leftFen: Fen; leftQuantity: number } | null;
}

export interface Verdict {
  readonly rowNo: number;
  readonly state: RowState;
  readonly faults: readonly RowFault[];
  /** Null where the row takes no identity, because it does not count and never will. */
  readonly identity: string | null;
  readonly contentHash: Buffer;
  /** The sale that goes back; '' otherwise. */
  readonly saleRowId: string;
}

/** What is known of the whole batch before its rows are judged in their order. */
export interface Knowledge {
  /** By identity; the judge adds what it lets in. */
  readonly onRecord: Map<string, OnRecord>;
  readonly usedInvoices: Set<string>;
  /** Rows that look like what another source has told of. */
  readonly suspected: ReadonlySet<number>;
  readonly idOf: (rowNo: number) => string;
}

function hashOf(candidate: Candidate): Buffer {
  return candidate.kind === 'SALE' ? saleHash(candidate.sale) : reversalHash(candidate.reversal);
}

export function identityOfCandidate(candidate: Candidate): string {
  return candidate.kind === 'SALE' ? saleIdentityOf(candidate.sale) : identityOf(candidate.reversal);
}

function judgeSale(
  sale: Sale,
  rowNo: number,
  { usedInvoices, suspected }: Knowledge,
): [RowState, RowFault[]] {
  if (sale.invoiceNo !== null && usedInvoices.has(sale.invoiceNo))
    return ['REJECTED', [fault('invoiceNo', 'INVOICE_USED')]];
  if (suspected.has(rowNo)) return ['HELD', [fault('', 'SUSPECTED_DUPLICATE')]];
  return ['ACCEPTED', []];
}

function judgeReversal(row: ReversalRow, sold: OnRecord | undefined): [RowState, RowFault[]] {
  if (!sold?.sale) return ['REJECTED', [fault('lineNo', 'NOT_FOUND')]];
  const { of, leftFen, leftQuantity } = sold.sale;
  if (row.reversedAt < of.paidAt) return ['REJECTED', [fault('reversedAt', 'BEFORE_PAYMENT')]];
  if (row.amountFen > leftFen) return ['REJECTED', [fault('amountFen', 'EXCEEDS_SALE')]];
  if (row.quantity > leftQuantity) return ['REJECTED', [fault('quantity', 'EXCEEDS_SALE')]];
  return sold.state === 'HELD' ? ['HELD', [fault('', 'SALE_HELD')]] : ['ACCEPTED', []];
}

/** One row, given all before it; `knowledge` learns what is let in. */
function judge(candidate: Candidate, knowledge: Knowledge): Verdict {
  const { rowNo } = candidate;
  const identity = identityOfCandidate(candidate);
  const contentHash = hashOf(candidate);
  const verdict = { rowNo, contentHash, identity: null, saleRowId: '' };
  const known = knowledge.onRecord.get(identity);
  if (known) {
    if (known.contentHash.equals(contentHash)) return { ...verdict, state: 'REPEATED', faults: [] };
    return { ...verdict, state: 'REJECTED', faults: [fault('lineNo', 'IDENTITY_REUSED')] };
  }
  const id = knowledge.idOf(rowNo);
  if (candidate.kind === 'SALE') {
    const { sale } = candidate;
    const [state, faults] = judgeSale(sale, rowNo, knowledge);
    if (state === 'REJECTED') return { ...verdict, state, faults };
    if (sale.invoiceNo !== null) knowledge.usedInvoices.add(sale.invoiceNo);
    const left = { of: sale, leftFen: sale.amountFen, leftQuantity: sale.quantity };
    knowledge.onRecord.set(identity, { id, contentHash, state, sale: left });
    return { ...verdict, state, faults, identity };
  }
  const { reversal } = candidate;
  const sold = knowledge.onRecord.get(saleIdentityOf(reversal));
  const [state, faults] = judgeReversal(reversal, sold);
  if (state === 'REJECTED' || !sold?.sale) return { ...verdict, state: 'REJECTED', faults };
  sold.sale.leftFen -= reversal.amountFen;
  sold.sale.leftQuantity -= reversal.quantity;
  knowledge.onRecord.set(identity, { id, contentHash, state, sale: null });
  return { ...verdict, state, faults, identity, saleRowId: sold.id };
}

/** Sales first, whatever their place, so that what goes back of them in the same batch finds them. */
export function judgeAll(candidates: readonly Candidate[], knowledge: Knowledge): Verdict[] {
  const sales = candidates.filter(({ kind }) => kind === 'SALE');
  const reversals = candidates.filter(({ kind }) => kind === 'REVERSAL');
  return [...sales, ...reversals].map((candidate) => judge(candidate, knowledge));
}
