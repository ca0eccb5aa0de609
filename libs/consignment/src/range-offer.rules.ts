import { type InvalidField, InvalidInputError } from '#libs/kernel';
import type { RangeOfferState } from './range-offer.entity.js';

/** What is picked from a catalogue at once. */
export const RANGE_PROPOSED_MAX = 50;

const REASON_LENGTH_MAX = 300;

export type RangeAct = 'AGREED' | 'DECLINED' | 'WITHDRAWN' | 'ENDED';
export type RangeSide = 'OPERATOR' | 'SELLER';

/** Who says what of it, and when: the seller answers, the operator takes back what is not answered yet, and either ends what was agreed. */
const ACTS: Readonly<
  Record<RangeAct, { readonly from: RangeOfferState; readonly by: readonly RangeSide[] }>
> = {
  AGREED: { from: 'PROPOSED', by: ['SELLER'] },
  DECLINED: { from: 'PROPOSED', by: ['SELLER'] },
  WITHDRAWN: { from: 'PROPOSED', by: ['OPERATOR'] },
  ENDED: { from: 'AGREED', by: ['OPERATOR', 'SELLER'] },
};

export function mayNow(act: RangeAct, state: RangeOfferState, sides: readonly RangeSide[]): boolean {
  return ACTS[act].from === state && ACTS[act].by.some((side) => sides.includes(side));
}

export function refuseRangeReason(act: RangeAct, reason: string): InvalidInputError | null {
  const length = Array.from(reason.trim()).length;
  const needsReason = act === 'DECLINED' || act === 'ENDED';
  if (length <= REASON_LENGTH_MAX && (length >= 2 || !needsReason)) return null;
  const message = {
    zh: `请写明原因（2 到 ${REASON_LENGTH_MAX} 字）`,
    en: `Say why in 2 to ${REASON_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}

/** What is proposed at once: some, each once, and all of them known. */
export function refuseProducts(
  productIds: readonly string[],
  known: ReadonlySet<string>,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  if (productIds.length === 0 || productIds.length > RANGE_PROPOSED_MAX)
    refuse(
      'productIds',
      `请选择 1 到 ${RANGE_PROPOSED_MAX} 种产品`,
      `Choose 1 to ${RANGE_PROPOSED_MAX} products.`,
    );
  productIds.forEach((id, index) => {
    if (!known.has(id)) refuse(`productIds.${index}`, '没有这种产品', 'There is no such product.');
  });
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

export interface CertifiedSpan {
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly revokedAt: Date | null;
}

export function isCertifiedAt(spans: readonly CertifiedSpan[], at: Date): boolean {
  return spans.some(
    ({ validFrom, validTo, revokedAt }) =>
      validFrom <= at && validTo > at && (revokedAt === null || revokedAt > at),
  );
}

/**
 * A pavilion or a zone is a place that mainly sells certified goods: what is not certified comes in as long as at least half of the range is.
 */
export function keepsMainlyCertified(certified: number, total: number, isNewCertified: boolean): boolean {
  return isNewCertified || certified * 2 >= total + 1;
}
