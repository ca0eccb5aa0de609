import { type ApprovalContent, contentHashOf } from '#libs/approval';
import { type Fen, type InvalidField, InvalidInputError, type Message } from '#libs/kernel';
import { type AccountCode, type JournalDraft, accountCodeOf } from '#libs/ledger';
import type { LedgerAdjustment } from './ledger-adjustment.entity.js';

/** An adjustment as plain values. */
export type AdjustmentRow = { readonly [Key in keyof LedgerAdjustment]: LedgerAdjustment[Key] };

export const ADJUSTMENT_REASON_LENGTH_MAX = 400;
const KEY_LENGTH_MAX = 80;
/** As much as BIGINT holds; sums of it do not fit, and the ledger refuses them. */
const AMOUNT_FEN_MAX = 10n ** 15n;

export interface AdjustmentWish {
  readonly idempotencyKey: string;
  readonly debit: string;
  readonly credit: string;
  readonly amountFen: Fen;
  readonly reason: string;
  /** SHA-256, in hex, of the paper that justifies it. */
  readonly attachmentHash: string;
}

export type AdjustmentContent = Pick<
  AdjustmentRow,
  'debitCode' | 'creditCode' | 'amountFen' | 'reason' | 'attachmentHash'
>;

const FAULTS: Readonly<Record<string, Message>> = {
  idempotencyKey: {
    zh: `幂等键为 1 至 ${KEY_LENGTH_MAX} 个英文字符`,
    en: `The key has 1 to ${KEY_LENGTH_MAX} ASCII characters.`,
  },
  debit: { zh: '借方账户不在科目表中', en: 'The debit account is not on the chart of accounts.' },
  credit: { zh: '贷方账户不在科目表中', en: 'The credit account is not on the chart of accounts.' },
  same: { zh: '借贷双方不能是同一账户', en: 'Debit and credit are two accounts.' },
  amountFen: {
    zh: '金额须大于零，且不超过一万亿元',
    en: 'The amount is more than zero and at most 10^15 fen.',
  },
  reason: {
    zh: `须写明理由，不超过 ${ADJUSTMENT_REASON_LENGTH_MAX} 字`,
    en: `A reason is needed, of at most ${ADJUSTMENT_REASON_LENGTH_MAX} characters.`,
  },
  attachmentHash: {
    zh: '须附凭证文件的 SHA-256（64 位小写十六进制）',
    en: 'The SHA-256 of the paper is needed: 64 lower-case hex digits.',
  },
};

function fault(path: string, key = path): InvalidField {
  const message = FAULTS[key] ?? { zh: '不正确', en: 'Wrong.' };
  return { path, message };
}

/** What may be asked for, or all that is wrong with it. */
export function adjustmentOf(wish: AdjustmentWish): AdjustmentContent | InvalidInputError {
  const [debitCode, creditCode] = [accountCodeOf(wish.debit), accountCodeOf(wish.credit)];
  const reason = wish.reason.trim();
  const faults: InvalidField[] = [];
  if (!/^[\x21-\x7e]+$/.test(wish.idempotencyKey) || wish.idempotencyKey.length > KEY_LENGTH_MAX)
    faults.push(fault('idempotencyKey'));
  if (!debitCode) faults.push(fault('debit'));
  if (!creditCode) faults.push(fault('credit'));
  if (debitCode && debitCode === creditCode) faults.push(fault('credit', 'same'));
  if (wish.amountFen <= 0n || wish.amountFen > AMOUNT_FEN_MAX) faults.push(fault('amountFen'));
  if (reason.length === 0 || reason.length > ADJUSTMENT_REASON_LENGTH_MAX) faults.push(fault('reason'));
  if (!/^[0-9a-f]{64}$/.test(wish.attachmentHash)) faults.push(fault('attachmentHash'));
  if (faults.length > 0 || !debitCode || !creditCode) return new InvalidInputError(faults);
  const { amountFen, attachmentHash } = wish;
  return { debitCode, creditCode, amountFen, reason, attachmentHash };
}

/** What the other person agrees to. */
export function adjustmentHash(content: AdjustmentContent): string {
  const { debitCode, creditCode, amountFen, reason, attachmentHash } = content;
  const agreed: ApprovalContent = { debitCode, creditCode, amountFen, reason, attachmentHash };
  return contentHashOf(agreed);
}

export function adjustmentJournal(
  { id, debitCode, creditCode, amountFen }: Pick<AdjustmentRow, 'id'> & AdjustmentContent,
  at: Date,
): JournalDraft {
  const transfers: { debit: AccountCode; credit: AccountCode; amountFen: Fen }[] = [
    { debit: debitCode, credit: creditCode, amountFen },
  ];
  return {
    idempotencyKey: `adjustment:${id}`,
    kind: 'adjustment',
    subject: id,
    eventId: null,
    effectiveAt: at,
    transfers,
  };
}
