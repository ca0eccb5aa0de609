import { contentHashOf } from '#libs/approval';
import { dayAfter } from '#libs/division';
import { type Fen, type InvalidField, InvalidInputError } from '#libs/kernel';
import type { PayoutPolicyChange, PayoutPolicyName } from './payout-policy.entity.js';
import { PolicyNotFutureError } from './payout-policy.errors.js';

/** A change as plain values. */
export type PolicyChangeRow = { readonly [Key in keyof PayoutPolicyChange]: PayoutPolicyChange[Key] };

export interface PolicyWish {
  readonly idempotencyKey: string;
  readonly name: PayoutPolicyName;
  readonly amountFen: Fen;
  readonly effectiveOn: string;
  readonly reason: string;
}

const REASON_LENGTH_MAX = 400;
/** A thousand million yuan: beyond it nothing would ever be paid, or never by two. */
const AMOUNT_FEN_MAX = 10n ** 11n;
const AHEAD_DAYS_MAX = 366;

/** Malformed wishes, all faults at once. */
export function refuseWish({ amountFen, reason }: PolicyWish): InvalidInputError | null {
  const fields: InvalidField[] = [];
  if (amountFen < 0n || amountFen > AMOUNT_FEN_MAX) {
    const message = { zh: '金额须在零与十亿元之间', en: 'The amount lies between nothing and 10^11 fen.' };
    fields.push({ path: 'amountFen', message });
  }
  const { length } = reason.trim();
  if (length === 0 || length > REASON_LENGTH_MAX) {
    const message = {
      zh: `须写明理由，不超过 ${REASON_LENGTH_MAX} 字`,
      en: `A reason is needed, of at most ${REASON_LENGTH_MAX} characters.`,
    };
    fields.push({ path: 'reason', message });
  }
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** From tomorrow on: today's run may be under way, and it is judged by one policy. Asked again when somebody agrees. */
export function refuseDay(effectiveOn: string, today: string): PolicyNotFutureError | null {
  const [earliestOn, latestOn] = [dayAfter(today), dayAfter(today, AHEAD_DAYS_MAX)];
  return effectiveOn >= earliestOn && effectiveOn <= latestOn
    ? null
    : new PolicyNotFutureError(earliestOn, latestOn);
}

/** What the other person agrees to. */
export function policyHash({
  name,
  amountFen,
  effectiveOn,
  reason,
}: Pick<PolicyChangeRow, 'name' | 'amountFen' | 'effectiveOn' | 'reason'>): string {
  return contentHashOf({ name, amountFen, effectiveOn, reason: reason.trim() });
}
