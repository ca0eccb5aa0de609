import type { ResultOf } from 'gql.tada';
import { t } from '../../shared/i18n.js';
import type { STOCK_ITEM, STOCK_MOVEMENTS, STOCK_WAITING } from '../stock-keeping.documents.js';
import type { TRANSFERS } from '../stock-transfer.documents.js';

type Place = NonNullable<ResultOf<typeof STOCK_ITEM>['stockItem']>['places'][number];
export type Movement = ResultOf<typeof STOCK_MOVEMENTS>['stockMovements']['nodes'][number];
type WriteOff = ResultOf<typeof STOCK_WAITING>['stockWriteOffs']['nodes'][number];
export type Transfer = ResultOf<typeof TRANSFERS>['stockTransfers']['nodes'][number];

export const placeWord = ({ kind, name }: Pick<Place, 'kind' | 'name'>): string =>
  name ??
  { WAREHOUSE: t('仓库'), PAVILION: t('专馆'), ZONE: t('专区'), COUNTER: t('专柜'), VAN: t('补货车') }[kind];

/** More of a kind than this are told as one. */
const NAMED_MAX = 2;

/** Where it lies, in a line: dozens of cabinets are one sum, the page of the goods names each. */
export function whereWord(places: readonly Pick<Place, 'kind' | 'name' | 'onHand'>[]): string {
  const kinds = ['WAREHOUSE', 'PAVILION', 'ZONE', 'COUNTER', 'VAN'] as const;
  return kinds
    .flatMap((kind) => {
      const own = places.filter((place) => place.kind === kind);
      if (own.length <= NAMED_MAX) return own.map((place) => `${placeWord(place)} ${place.onHand}`);
      const units = own.reduce((sum, { onHand }) => sum + onHand, 0);
      return [`${placeWord({ kind, name: null })}（${t('{n} 处', { n: own.length })}） ${units}`];
    })
    .join(' · ');
}

/** The warehouse, then where most of it lies: some goods lie in sixty cabinets. */
export const byUnits = <P extends Pick<Place, 'kind' | 'onHand'>>(places: readonly P[]): readonly P[] =>
  [...places].sort(
    (a, b) => Number(a.kind !== 'WAREHOUSE') - Number(b.kind !== 'WAREHOUSE') || b.onHand - a.onHand,
  );

export const whyWord = (why: WriteOff['why']): string =>
  ({
    SPOILED: t('坏了'),
    DAMAGED: t('破损'),
    GIVEN_AWAY: t('送人'),
    SAMPLE: t('样品'),
    LOST: t('丢了'),
    OTHER: t('其他原因'),
  })[why];

const causeWord = (cause: Movement['cause']): string =>
  ({
    RECEIPT: t('进货'),
    ORDER: t('发货'),
    WRITE_OFF: t('报损'),
    COUNT: t('盘点'),
    TRANSFER: t('调拨'),
    VAN: t('补货车'),
    CABINET: t('专柜'),
    TILL: t('馆区卖出'),
  })[cause];

/** A name that a page has made up says nothing to anybody, nor does that of what was there from the beginning. */
const isMadeUp = (documentId: string | null): boolean => /^(?:seed|[0-9a-f]{24})$/.test(documentId ?? '');

/** Why, and under which number; who beside it. */
export const movementWord = ({
  cause,
  documentId,
  note,
}: Pick<Movement, 'cause' | 'documentId' | 'note'>): string =>
  [causeWord(cause), note ?? (cause === 'RECEIPT' && !isMadeUp(documentId) ? documentId : null)]
    .filter(Boolean)
    .join(' · ');

export const transferWord = (state: Transfer['state']): string =>
  ({
    DRAFT: t('还没发出'),
    SENT: t('在路上'),
    RECEIVED: t('收齐了'),
    CANCELLED: t('取消了'),
  })[state];

interface Travelled {
  readonly quantity: number;
  readonly receivedUnits: number;
  readonly lostUnits: number;
  readonly returnedUnits: number;
}

/** What nobody has said anything of. */
export const onItsWay = (lines: readonly Travelled[]): number =>
  lines.reduce(
    (sum, { quantity, receivedUnits, lostUnits, returnedUnits }) =>
      sum + quantity - receivedUnits - lostUnits - returnedUnits,
    0,
  );

/** Grams as they are spoken of. */
export const jin = (grams: number): string => t('{n} 斤', { n: Math.floor(grams / 500) });
