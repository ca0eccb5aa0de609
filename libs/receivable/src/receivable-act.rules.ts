import { type ApprovalContent, contentHashOf } from '#libs/approval';
import { type Fen, type InvalidField, InvalidInputError } from '#libs/kernel';
import type { ReceivableAct } from './receivable-act.entity.js';

/** An act as plain values. */
export type ActRow = { readonly [Key in keyof ReceivableAct]: ReceivableAct[Key] };

export type ActContent = Pick<ActRow, 'kind' | 'subjectRef' | 'amountFen' | 'bankRef' | 'reason'>;

export interface ActWish extends Pick<ActRow, 'kind' | 'subjectRef' | 'reason'> {
  readonly idempotencyKey: string;
  /** Of a payback; of anything else it is what is open or was received. */
  readonly amountFen?: Fen;
  /** Of a payback: the bank's number of it. */
  readonly bankRef?: string;
}

const REASON_LENGTH_MAX = 400;

/** Malformed wishes, all faults at once. */
export function refuseAct(wish: ActWish): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });
  if (!/^[\w:.-]{8,80}$/.test(wish.idempotencyKey))
    refuse(
      'idempotencyKey',
      '请求编号须为 8 到 80 个字母、数字或 -_.:',
      'The key has 8 to 80 letters, digits or any of -_.:',
    );
  const length = wish.reason.trim().length;
  if (length === 0 || length > REASON_LENGTH_MAX)
    refuse(
      'reason',
      `须写明理由，不超过 ${REASON_LENGTH_MAX} 字`,
      `A reason is needed, of at most ${REASON_LENGTH_MAX} characters.`,
    );
  if (wish.kind === 'CREDIT_PAYBACK') {
    if ((wish.amountFen ?? 0n) <= 0n) refuse('amountFen', '金额须大于零', 'The amount is more than nothing.');
    if (!/^[\w:./-]{4,80}$/.test(wish.bankRef ?? ''))
      refuse(
        'bankRef',
        '流水号须为 4 到 80 个字母、数字或 -_./:',
        'A reference has 4 to 80 letters, digits or any of -_./:',
      );
  }
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** What the other person agrees to; of a write-off that is what is open at that moment, and nothing else. */
export function actHash({ kind, subjectRef, amountFen, bankRef, reason }: ActContent): string {
  const agreed: ApprovalContent = { kind, subjectRef, amountFen, bankRef, reason };
  return contentHashOf(agreed);
}
