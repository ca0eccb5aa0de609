import { DAY_MS, HOUR_MS, type InvalidField, InvalidInputError, businessDay, plus } from '#libs/kernel';
import type { DelayNoticeState } from './presale-order.entity.js';
import { refuseReason } from './presale-order.rules.js';

export interface PartDelay {
  readonly merchantId: string;
  readonly merchantOrderIds: readonly string[];
  readonly newDay: string;
  /** What buyers are told. */
  readonly reason: string;
}

/** As many as are printed in one go. */
const ORDERS_MAX = 100;
/** What is in stock and cannot leave within a month is not in stock. */
const DELAY_DAYS_MAX = 31;
/** People are told in the morning, and by no clock that was late at night. */
const TOLD_FROM_HOUR = 8;
const TOLD_BEFORE_HOUR = 20;
const SHANGHAI_MS = 8 * HOUR_MS;

const field = (path: string, zh: string, en: string): InvalidField => ({ path, message: { zh, en } });

/** All faults at once. */
export function refuseDelay(
  { merchantOrderIds, newDay, reason }: Omit<PartDelay, 'merchantId'>,
  now: Date,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  if (merchantOrderIds.length === 0 || merchantOrderIds.length > ORDERS_MAX)
    faults.push(
      field('input.merchantOrderIds', `一次 1 到 ${ORDERS_MAX} 单`, `1 to ${ORDERS_MAX} orders at once.`),
    );
  else if (new Set(merchantOrderIds).size < merchantOrderIds.length)
    faults.push(field('input.merchantOrderIds', '同一订单只能选一次', 'An order stands here once.'));
  const [today, last] = [businessDay(now), businessDay(plus(now, DELAY_DAYS_MAX * DAY_MS))];
  if (newDay < today || newDay > last)
    faults.push(
      field(
        'input.newDay',
        `新的发货日须在今天到 ${DELAY_DAYS_MAX} 天之内`,
        `The new day is today or one of the ${DELAY_DAYS_MAX} days after it.`,
      ),
    );
  if (refuseReason(reason))
    faults.push(
      ...(refuseReason(reason)?.fields ?? []).map((each) => ({ ...each, path: `input.${each.path}` })),
    );
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** What the buyer may say now: also whoever has waited may have enough of it, until it has left. */
export function isAnswerable(state: DelayNoticeState, choice: 'KEEP' | 'REFUND'): boolean {
  return state === 'OPEN' || (state === 'KEPT' && choice === 'REFUND');
}

/** Between eight in the morning and eight in the evening, in Shanghai. */
export function isTimeToRemind(now: Date): boolean {
  const hour = plus(now, SHANGHAI_MS).getUTCHours();
  return hour >= TOLD_FROM_HOUR && hour < TOLD_BEFORE_HOUR;
}
