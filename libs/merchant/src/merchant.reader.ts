import { Injectable } from '@nestjs/common';
import { Database, Gathered, type Tx } from '#platform/database';
import type { MerchantId, MerchantKind, MerchantState } from './merchant.entity.js';

/** What anyone may know of a merchant; contacts are not part of it. */
export interface MerchantRow {
  readonly id: MerchantId;
  readonly name: string;
  readonly kind: MerchantKind;
  readonly countyCode: string;
  readonly townshipCode: string | null;
  readonly state: MerchantState;
}

const SELECT =
  'SELECT id, name, kind, county_code AS countyCode, township_code AS townshipCode, state FROM merchant WHERE id IN (?)';

@Injectable()
export class MerchantReader {
  /** Whatever is shown of goods names its seller. */
  private readonly gathered = new Gathered<MerchantRow>(
    this.database,
    (ids) => this.database.query(SELECT, [ids]),
    ({ id }) => id,
  );

  constructor(private readonly database: Database) {}

  async byId(id: string): Promise<MerchantRow | null> {
    const [merchant] = await this.byIds([id]);
    return merchant ?? null;
  }

  /** Whom to call; for comparing only, never for showing. */
  async contactPhonesOf(
    ids: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<{ merchantId: string; phone: string }[]> {
    if (ids.length === 0) return [];
    return on.query('SELECT id AS merchantId, contact_phone AS phone FROM merchant WHERE id IN (?)', [ids]);
  }

  /** Unified social credit codes in full; masked wherever somebody looks at them. */
  async creditCodesOf(
    ids: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await on.query<{ id: string; creditCode: string }>(
      'SELECT id, credit_code AS creditCode FROM merchant WHERE id IN (?)',
      [ids],
    );
    return new Map(rows.map(({ id, creditCode }) => [id, creditCode]));
  }

  /** Few at any time; whose money is offered by them is offered by nobody. */
  async suspended(on: Pick<Tx, 'query'> = this.database): Promise<Pick<MerchantRow, 'id' | 'name'>[]> {
    return on.query("SELECT id, name FROM merchant WHERE state = 'SUSPENDED' ORDER BY id");
  }

  /** Held until the end of the transaction, so that nobody suspends it while something of it is put on sale. */
  async lockState(tx: Tx, id: string): Promise<MerchantState | null> {
    const [row] = await tx.query<{ state: MerchantState }>(
      'SELECT state FROM merchant WHERE id = ? LOCK IN SHARE MODE',
      [id],
    );
    return row?.state ?? null;
  }

  /** In any order and in any state: what was bought from a merchant who is suspended now was still bought from them. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<MerchantRow[]> {
    if (on === this.database) return this.gathered.of(ids);
    return ids.length === 0 ? [] : on.query<MerchantRow>(SELECT, [ids]);
  }
}
