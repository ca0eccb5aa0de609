import type { Fen } from '#libs/kernel';
import type { Refund, RefundLineRow } from '#libs/payment';
import type { VolumeDifferenceRow } from '#libs/volume';
import type { Finding } from './reconciliation.rules.js';

/** One order, as the books and as the register have it. */
export interface SaleInBooks {
  readonly orderId: string;
  /** What was split for its goods. */
  readonly splitFen: Fen;
  /** What of its goods went back. */
  readonly goodsBackFen: Fen;
  readonly paidFen: Fen;
  readonly refundedFen: Fen;
}

/** Up to where both pages are complete; null where neither is full. */
export function boundOf(pages: readonly (readonly string[])[], limit: number): string | null {
  const ends = pages.flatMap((page) => (page.length < limit ? [] : (page.at(-1) ?? [])));
  return ends.toSorted()[0] ?? null;
}

/** What refunds gave back of goods, by order; freight and money that was never kept are no volume. */
export function goodsBackOf(
  refunds: readonly Pick<Refund, 'id' | 'orderId'>[],
  lines: readonly Pick<RefundLineRow, 'refundId' | 'orderLineId' | 'goodsFen'>[],
): Map<string, Fen> {
  const orderOf = new Map(refunds.map(({ id, orderId }) => [id as string, orderId]));
  const back = new Map<string, Fen>();
  for (const { refundId, orderLineId, goodsFen } of lines) {
    const orderId = orderOf.get(refundId);
    if (orderId !== undefined && orderLineId !== '') back.set(orderId, (back.get(orderId) ?? 0n) + goodsFen);
  }
  return back;
}

/** What was paid and what went back are two breaks: they come from different facts. */
export function findingsOfSale(
  { orderId, splitFen, goodsBackFen, paidFen, refundedFen }: SaleInBooks,
  day: string,
): Finding[] {
  const happenedAt = new Date(`${day}T12:00:00+08:00`);
  const compare = (what: string, suffix: string, expectedFen: Fen, actualFen: Fen): Finding[] => {
    if (expectedFen === actualFen) return [];
    const breakClass =
      actualFen === 0n ? 'MISSING_INTERNAL' : expectedFen === 0n ? 'MISSING_EXTERNAL' : 'AMOUNT';
    return [
      {
        breakClass,
        subject: `${orderId}${suffix}`,
        expectedFen,
        actualFen,
        detail: { orderId, day, what },
        happenedAt,
      },
    ];
  };
  return [
    ...compare('paid for the goods: the books and the register', '', splitFen, paidFen),
    ...compare('gone back of the goods: refunds and the register', ':refunded', goodsBackFen, refundedFen),
  ];
}

const FIGURES = ['recognisedFen', 'paidFen', 'refundedFen', 'deliveredFen', 'orderedFen'] as const;

/** F11: names county, product, day and by how much. The first figure that differs stands for all; the others are in the words. */
export function findingOfDifference(row: VolumeDifferenceRow): Finding {
  const { day, originCountyCode, productId } = row;
  const different = FIGURES.filter((figure) => row[figure] !== 0n);
  const [first = 'recognisedFen'] = different;
  return {
    breakClass: 'AMOUNT',
    subject: `${day} ${originCountyCode || '-'} ${productId || '-'}`,
    expectedFen: 0n,
    actualFen: row[first],
    detail: {
      what: 'the rollup less its facts',
      day,
      county: originCountyCode,
      product: productId,
      ...Object.fromEntries(different.map((figure) => [figure, String(row[figure])])),
    },
    happenedAt: new Date(`${day}T12:00:00+08:00`),
  };
}
