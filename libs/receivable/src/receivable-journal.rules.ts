import type { Fen } from '#libs/kernel';
import {
  AccountNotOpenError,
  type ExceedsOriginalError,
  InsufficientBalanceError,
  type JournalDraft,
  type LedgerRefusal,
  type PostedJournal,
  type TransferDraft,
  buyerReceivableAccount,
  posted,
  unitCreditAccount,
} from '#libs/ledger';

/** What caused a journal, and when it takes effect. */
export interface Cause {
  /** Null where a person caused it. */
  readonly eventId: string | null;
  readonly at: Date;
}

const BANK = 'asset:bank:main';

function journal(
  kind: string,
  idempotencyKey: string,
  subject: string,
  transfers: readonly TransferDraft[],
  { eventId, at }: Cause,
): JournalDraft {
  const moving = transfers.filter(({ amountFen }) => amountFen > 0n);
  return { kind, idempotencyKey, subject, eventId, effectiveAt: at, transfers: moving };
}

export interface ReceiptMoney {
  readonly id: string;
  readonly unitId: string;
  readonly source: 'BANK' | 'CREDIT';
  readonly amountFen: Fen;
  readonly allocatedFen: Fen;
}

/** What has come to our bank, or stood to the unit's credit, pays what the unit owes; the rest stands to its credit. */
export function receiptJournal(receipt: ReceiptMoney, cause: Cause): JournalDraft {
  const { id, unitId, source, amountFen, allocatedFen } = receipt;
  const [owed, credit] = [buyerReceivableAccount(unitId), unitCreditAccount(unitId)];
  if (source === 'CREDIT')
    return journal(
      'credit_applied',
      `receipt:${id}`,
      id,
      [{ debit: credit, credit: owed, amountFen }],
      cause,
    );
  const transfers = [
    { debit: BANK, credit: owed, amountFen: allocatedFen },
    { debit: BANK, credit, amountFen: amountFen - allocatedFen },
  ] as const;
  return journal('buyer_receipt', `receipt:${id}`, id, transfers, cause);
}

/** A refund of what is not paid yet makes the unit owe less; of what is paid, it stands to its credit. */
export function creditNoteJournal(
  refund: {
    readonly refundId: string;
    readonly unitId: string;
    readonly noteFen: Fen;
    readonly creditFen: Fen;
  },
  cause: Cause,
): JournalDraft {
  const { refundId, unitId, noteFen, creditFen } = refund;
  const transfers = [
    { debit: 'liability:refund_payable', credit: buyerReceivableAccount(unitId), amountFen: noteFen },
    { debit: 'liability:refund_payable', credit: unitCreditAccount(unitId), amountFen: creditFen },
  ] as const;
  return journal('refund_settled', `refund:${refundId}:settle`, refundId, transfers, cause);
}

/** Given up: the platform bears it, and nobody's share is touched. */
export function writeOffJournal(
  { id, unitId, amountFen }: { readonly id: string; readonly unitId: string; readonly amountFen: Fen },
  cause: Cause,
): JournalDraft {
  const transfers = [
    { debit: 'expense:bad_debt', credit: buyerReceivableAccount(unitId), amountFen },
  ] as const;
  return journal('receivable_written_off', `writeoff:${id}`, id, transfers, cause);
}

/** What stood to the unit's credit has gone back to its bank. */
export function paybackJournal(
  { id, unitId, amountFen }: { readonly id: string; readonly unitId: string; readonly amountFen: Fen },
  cause: Cause,
): JournalDraft {
  const transfers = [{ debit: unitCreditAccount(unitId), credit: BANK, amountFen }] as const;
  return journal('credit_paid_back', `payback:${id}`, id, transfers, cause);
}

export type MoneyRefusal = InsufficientBalanceError | AccountNotOpenError;

/** What whoever asked can do something about; anything else that the ledger refuses is a mistake of ours and thrown. */
export function moneyRefusalOf(
  result: readonly PostedJournal[] | LedgerRefusal | ExceedsOriginalError,
): MoneyRefusal | null {
  if (result instanceof InsufficientBalanceError || result instanceof AccountNotOpenError) return result;
  posted(result);
  return null;
}
