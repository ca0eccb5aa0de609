import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import {
  Clock,
  type Fen,
  type FenText,
  type Page,
  type PageRequest,
  businessDay,
  fen,
  pageOf,
  present,
} from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import {
  type AskedPrice,
  type FairPrice,
  fairPriceOf,
  isHeld,
  monthOfYear,
  referenceFor,
} from './fair-price.rules.js';
import { PriceHeldError } from './fair-price.errors.js';
import type { ReferenceRow } from './fair-price.rules.js';
import type { GoodsGrade } from './goods-kind.entity.js';
import type { ReferencePriceId } from './reference-price.entity.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const REFERENCE_PRICE_KEY_PARTS = 1;

export interface ReferencePriceRow {
  readonly id: ReferencePriceId;
  readonly kindCode: string;
  readonly grade: GoodsGrade;
  readonly monthFrom: string;
  readonly monthTo: string;
  readonly jinPriceFen: FenText;
  readonly source: string;
  readonly recordedAt: Date;
}

/** Somebody asks that much for goods of a kind; null where it is of none. */
export interface GradedPrice extends AskedPrice {
  readonly kindCode: string | null;
  readonly grade: GoodsGrade;
}

/** Somebody asks that for goods that cost so much already; null of what is new, or was of another kind or grade. */
export interface PriceAsked extends GradedPrice {
  readonly name: string;
  readonly live: AskedPrice | null;
}

const COLUMNS = `r.id, r.kind_code AS kindCode, r.grade, r.month_from AS monthFrom, r.month_to AS monthTo,
  r.jin_price_fen AS jinPriceFen, r.source, r.recorded_at AS recordedAt`;

@Injectable()
export class ReferencePriceReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** How each of these prices stands this month, in the same order. One statement. A caller with an open transaction hands it on. */
  async fairPricesOf(
    asked: readonly GradedPrice[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<FairPrice[]> {
    const kinds = [...new Set(asked.flatMap(({ kindCode }) => kindCode ?? []))];
    const month = businessDay(this.clock.now()).slice(0, 7);
    const rows = kinds.length > 0 ? await this.inMonth(kinds, month, on) : [];
    return asked.map((price) =>
      fairPriceOf(
        price,
        referenceFor(
          rows.filter(({ kindCode }) => kindCode === price.kindCode),
          price.grade,
          month,
        ),
      ),
    );
  }

  /**
   * The one rule that every price comes by: of each what may be asked at most where a reviewer has to give a reason for more, null where it holds at once. In the same order; one
   * statement. A caller with an open transaction hands it on.
   */
  async heldOf(
    asked: readonly Omit<PriceAsked, 'name'>[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<(Fen | null)[]> {
    const prices = await this.fairPricesOf(asked, on);
    return asked.map((price, place) => {
      const fair = present(prices[place], 'one of each');
      return isHeld(fair, price.live, price) ? present(fair.unheldMaxFen, 'what is held has a limit') : null;
    });
  }

  /**
   * Of each of these prices the reason that it needs, null where it needs none; refused for the first that needs one where nobody has given any. A
   * caller with an open transaction hands it on.
   */
  async reasonsFor(
    asked: readonly PriceAsked[],
    reason: string | null,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<readonly (string | null)[] | PriceHeldError> {
    const held = await this.heldOf(asked, on);
    for (const [place, unheldMaxFen] of held.entries())
      if (unheldMaxFen !== null && reason === null)
        return new PriceHeldError(asked[place]?.name ?? '', unheldMaxFen);
    return held.map((unheldMaxFen) => (unheldMaxFen === null ? null : reason));
  }

  /** All that were ever recorded of what these divisions keep, the latest first. */
  async page(
    scope: readonly string[] | 'ALL',
    kindCode: string | null,
    { first, after }: PageRequest,
  ): Promise<Page<ReferencePriceRow>> {
    const { sql, values } = withinScope('k.keeper_code', scope);
    const where = [sql];
    const bound: SqlValue[] = [...values];
    if (kindCode !== null) {
      where.push('r.kind_code = ?');
      bound.push(kindCode);
    }
    if (after) {
      where.push('r.id < ?');
      bound.push(after[0] ?? '');
    }
    const rows = await this.database.query<ReferencePriceRow>(
      `SELECT ${COLUMNS} FROM reference_price r JOIN goods_kind k ON k.code = r.kind_code
       WHERE ${where.join(' AND ')} ORDER BY r.id DESC LIMIT ?`,
      [...bound, first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Of each kind and grade the latest for this month and for the same of last year: others cannot matter. */
  private async inMonth(
    kinds: readonly string[],
    month: string,
    on: Pick<Tx, 'query'>,
  ): Promise<(ReferenceRow & { readonly kindCode: string })[]> {
    const lastYear = monthOfYear(month, -1);
    const rows = await on.query<ReferencePriceRow>(
      `SELECT id, kindCode, grade, monthFrom, monthTo, jinPriceFen, source, recordedAt FROM (
         SELECT ${COLUMNS}, ROW_NUMBER() OVER (
           PARTITION BY r.kind_code, r.grade, r.month_from <= ? AND r.month_to >= ? ORDER BY r.id DESC) AS place
         FROM reference_price r WHERE r.kind_code IN (?)
           AND (r.month_from <= ? AND r.month_to >= ? OR r.month_from <= ? AND r.month_to >= ?)
       ) latest WHERE place = 1 ORDER BY id DESC`,
      [month, month, kinds, month, month, lastYear, lastYear],
    );
    return rows.map((row) => ({ ...row, jinPriceFen: fen(row.jinPriceFen) }));
  }
}
