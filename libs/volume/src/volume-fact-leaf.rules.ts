import { type Leaf, digestText, instantText } from '#libs/seal';

/** Every column of a fact. */
export const SEALED_COLUMNS = [
  'address_key',
  'buyer_key',
  'buyer_kind',
  'campaign_code',
  'certification_id',
  'channel_kind',
  'channel_point_id',
  'consumption_county_code',
  'declared_fen',
  'delivered_fen',
  'event_at',
  'event_day',
  'fact_key',
  'id',
  'is_certified',
  'linkage_agreement_id',
  'merchant_id',
  'ordered_fen',
  'origin_county_code',
  'origin_day',
  'origin_village_code',
  'paid_fen',
  'product_id',
  'quantity',
  'recognised_fen',
  'recorded_at',
  'refunded_fen',
  'sale_county_code',
  'seller_county_code',
  'source',
  'source_line_no',
  'source_order_no',
  'source_system',
  'subsidy_fen',
  'unit_id',
  'weight_g',
] as const;
type SealedColumn = (typeof SEALED_COLUMNS)[number];

/** A fact as its row says it: whole numbers, days and instants as text. */
export type VolumeFactRecord = Readonly<Record<SealedColumn, string>>;

const INSTANTS: ReadonlySet<string> = new Set<SealedColumn>(['event_at', 'recorded_at']);

/** By which one buyer or address is recognised again. */
const PSEUDONYMS: ReadonlySet<string> = new Set<SealedColumn>(['address_key', 'buyer_key']);

const NUMBER = /_fen$|^(quantity|weight_g|is_certified)$/;

function member(id: string, column: SealedColumn, text: string): string | undefined {
  if (text === '' || (text === '0' && NUMBER.test(column))) return undefined;
  if (INSTANTS.has(column)) return instantText(text);
  return PSEUDONYMS.has(column) ? digestText(id, text) : text;
}

/**
 * What is sealed of a fact: every column under its name. FROZEN: see `leafText` of the seals. What a column holds unless something is
 * said, '' or 0, is left out, so that a column that is added later, and here, changes no old leaf.
 */
export function volumeFactLeaf(fact: VolumeFactRecord): Leaf {
  const members = SEALED_COLUMNS.map((column) => [column, member(fact.id, column, fact[column])]);
  return { ...Object.fromEntries(members), type: 'taoyuan.volume.v1' };
}
