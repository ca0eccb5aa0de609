import { prefixOf } from '#libs/division';
import { InvalidInputError } from '#libs/kernel';
import type { ChannelKind } from './channel-point.entity.js';
import { sellingPart } from './selling.rules.js';

/** Places of sale, by what they are and where they stand; both null for all that are open. */
export interface ListingPlaces {
  readonly kind: ChannelKind | null;
  /** A province, city, county or township with everything in it. */
  readonly divisionCode: string | null;
}

const COUNTY_DIGITS = 6;

/** Of a place is known in which township it stands, and no more. */
export function refusePlaceDivision(code: string | null | undefined, path: string): InvalidInputError | null {
  if (!code || /^\d{6}(\d{3})?$/.test(code)) return null;
  const message = { zh: '区划代码须为 6 或 9 位数字', en: 'A division code has 6 or 9 digits here.' };
  return new InvalidInputError([{ path, message }]);
}

/** Products in the range of an open place of sale, as a condition on `p.id`: for who lists products of another room. */
export function listedPart(
  { kind, divisionCode }: ListingPlaces,
  today: string,
): { sql: string; values: string[] } {
  const selling = sellingPart('c', today);
  const where = [selling.sql];
  const values: string[] = [...selling.values];
  if (kind !== null) {
    where.push('c.kind = ?');
    values.push(kind);
  }
  if (divisionCode !== null && divisionCode.length > COUNTY_DIGITS) {
    where.push('c.township_code = ?');
    values.push(divisionCode);
  } else if (divisionCode !== null) {
    where.push('c.county_code LIKE ?');
    values.push(`${prefixOf(divisionCode)}%`);
  }
  const sql = `p.id IN (SELECT l.product_id FROM channel_listing l JOIN channel_point c ON c.id = l.channel_point_id
    WHERE ${where.join(' AND ')})`;
  return { sql, values };
}
