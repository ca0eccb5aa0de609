import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { Database, type Tx } from '#platform/database';

export interface GoodsKindRow {
  readonly code: string;
  readonly categoryCode: string;
  readonly keeperCode: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

/** What a region grows and makes; who types looks one up in a list. */
export const GOODS_KINDS_MAX = 500;

const SELECT =
  'SELECT code, category_code AS categoryCode, keeper_code AS keeperCode, name_zh AS nameZh, name_en AS nameEn FROM goods_kind';

@Injectable()
export class GoodsKindReader {
  constructor(private readonly database: Database) {}

  /** In the order in which a page shows them. */
  all(): Promise<GoodsKindRow[]> {
    return this.database.query<GoodsKindRow>(`${SELECT} ORDER BY position, code LIMIT ?`, [GOODS_KINDS_MAX]);
  }

  /** Null for none of them, and outside of the divisions. A caller with an open transaction hands it on. */
  async byCode(
    code: string,
    scope: readonly string[] | 'ALL' = 'ALL',
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<GoodsKindRow | null> {
    const { sql, values } = withinScope('keeper_code', scope);
    const [kind] = await on.query<GoodsKindRow>(`${SELECT} WHERE code = ? AND ${sql}`, [code, ...values]);
    return kind ?? null;
  }
}
