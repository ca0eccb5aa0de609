import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { Offtake, OfftakeState } from './offtake.entity.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const OFFTAKE_KEY_PARTS = 1;

export type OfftakeRow = Omit<Offtake, 'toldBy' | 'idempotencyKey' | 'decidedBy'>;

export interface OfftakeFilter {
  readonly side: 'OPERATOR' | 'SELLER';
  readonly state?: OfftakeState | null;
}

/** What was bought outright of the merchants of a county. */
export interface OfftakeSum {
  readonly countyCode: string;
  readonly purchases: number;
  readonly amountFen: Fen;
}

type Raw = Omit<OfftakeRow, 'amountFen'> & { readonly amountFen: FenText };

const SELECT = `SELECT id, operator_id AS operatorId, channel_point_id AS channelPointId, variant_id AS variantId, merchant_id AS merchantId,
  seller_county_code AS sellerCountyCode, quantity, amount_fen AS amountFen, bought_on AS boughtOn, document_no AS documentNo, state, told_at AS toldAt,
  decided_at AS decidedAt, reason FROM offtake`;

@Injectable()
export class OfftakeReader {
  constructor(private readonly database: Database) {}

  /** The latest first: what a merchant has bought as an operator, or what was bought of it. */
  async page(
    merchantId: string,
    { side, state }: OfftakeFilter,
    { first, after }: PageRequest,
  ): Promise<Page<OfftakeRow>> {
    const own = side === 'OPERATOR' ? 'operator_id' : 'merchant_id';
    const rows = await this.database.query<Raw>(
      `${SELECT} WHERE ${own} = ? ${state ? 'AND state = ?' : ''} ${after ? 'AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      [merchantId, ...(state ? [state] : []), ...(after?.[0] ? [after[0]] : []), first + 1],
    );
    return pageOf(rows.map(rowOf), first, ({ id }) => [id]);
  }

  /** Null unless one of these merchants has bought or sold it. */
  async byId(id: string, merchantIds: readonly string[]): Promise<OfftakeRow | null> {
    if (merchantIds.length === 0) return null;
    const [row] = await this.database.query<Raw>(
      `${SELECT} WHERE id = ? AND (merchant_id IN (?) OR operator_id IN (?))`,
      [id, merchantIds, merchantIds],
    );
    return row ? rowOf(row) : null;
  }

  /** What sellers have confirmed, by their county, bought within these days; within divisions. */
  async sums(from: string, to: string, scope: readonly string[] | 'ALL'): Promise<OfftakeSum[]> {
    const { sql, values } = withinScope('seller_county_code', scope);
    const rows = await this.database.query<{ countyCode: string; purchases: string; amountFen: string }>(
      `SELECT seller_county_code AS countyCode, COUNT(*) AS purchases, SUM(amount_fen) AS amountFen FROM offtake
       WHERE state = 'CONFIRMED' AND bought_on BETWEEN ? AND ? AND ${sql} GROUP BY seller_county_code ORDER BY seller_county_code`,
      [from, to, ...values],
    );
    return rows.map(({ countyCode, purchases, amountFen }) => ({
      countyCode,
      purchases: Number(purchases),
      amountFen: BigInt(amountFen),
    }));
  }
}

function rowOf(row: Raw): OfftakeRow {
  return { ...row, amountFen: fen(row.amountFen) };
}
