import { type InvalidField, InvalidInputError } from '#libs/kernel';
import { LINE_QUANTITY_MAX, type WantedLine, unitsByVariant } from './order.rules.js';
import { PurchaseLimitError } from './purchase-limit.errors.js';

export interface PurchaseLimit {
  readonly variantId: string;
  /** In one order; null any number. */
  readonly orderMax: number | null;
  /** By one person within the period; null any number. */
  readonly personMax: number | null;
  readonly periodDays: number | null;
}

/** A year: whoever bought it longer ago may buy it again. */
const PERIOD_DAYS_MAX = 366;

function isCount(count: number | null): boolean {
  return count === null || (Number.isInteger(count) && count >= 1 && count <= LINE_QUANTITY_MAX);
}

/** A limit of a person needs the period it is for, and the other way round. */
export function refuseLimit({ orderMax, personMax, periodDays }: PurchaseLimit): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });
  if (!isCount(orderMax))
    refuse(
      'orderMax',
      `每单限购须为 1 到 ${LINE_QUANTITY_MAX} 件`,
      `The limit of an order is 1 to ${LINE_QUANTITY_MAX}.`,
    );
  if (!isCount(personMax))
    refuse(
      'personMax',
      `每人限购须为 1 到 ${LINE_QUANTITY_MAX} 件`,
      `The limit of a person is 1 to ${LINE_QUANTITY_MAX}.`,
    );
  const isDays = periodDays === null || (periodDays >= 1 && periodDays <= PERIOD_DAYS_MAX);
  if (!isDays || (personMax === null) !== (periodDays === null))
    refuse(
      'periodDays',
      `每人限购须写明 1 到 ${PERIOD_DAYS_MAX} 天的期限`,
      `The limit of a person is for a period of 1 to ${PERIOD_DAYS_MAX} days.`,
    );
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** What is wanted, with what it is called. */
export interface NamedLine extends WantedLine {
  readonly variant: { readonly productName: string; readonly name: string };
}

/** Every limit that the lines go beyond, given what the person has bought within its period. */
export function overLimits(
  lines: readonly NamedLine[],
  limits: readonly PurchaseLimit[],
  boughtOf: ReadonlyMap<string, number>,
): PurchaseLimitError[] {
  const wantedBy = unitsByVariant(lines);
  return limits.flatMap((limit) => {
    const wanted = wantedBy.get(limit.variantId) ?? 0;
    const bought = boughtOf.get(limit.variantId) ?? 0;
    const isOverOrder = limit.orderMax !== null && wanted > limit.orderMax;
    const isOverPerson = limit.personMax !== null && wanted > 0 && bought + wanted > limit.personMax;
    if (!isOverOrder && !isOverPerson) return [];
    const named = lines.find(({ variantId }) => variantId === limit.variantId)?.variant;
    return [new PurchaseLimitError(limit, bought, `${named?.productName ?? ''} ${named?.name ?? ''}`.trim())];
  });
}
