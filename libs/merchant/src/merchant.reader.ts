import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, Gathered, type Tx } from '#platform/database';
import type { MerchantId, MerchantKind, MerchantState } from './merchant.entity.js';
import { maySell } from './merchant.rules.js';

/** What anyone may know of a merchant; contacts are not part of it. */
export interface MerchantRow {
  readonly id: MerchantId;
  readonly name: string;
  readonly kind: MerchantKind;
  readonly countyCode: string;
  readonly townshipCode: string | null;
  readonly state: MerchantState;
  /** The last day on which its licences let it sell; null where none of them ends. */
  readonly licensedUntil: string | null;
  /** Whether it may sell now: by its state, and by its licences on this day of Shanghai. */
  readonly isSelling: boolean;
}

export const MERCHANT_COLUMNS =
  'id, name, kind, county_code AS countyCode, township_code AS townshipCode, state, licensed_until AS licensedUntil';

/** As it was read, and whether it may sell today: no nightly work has to have been done before a licence has ended. */
export function merchantRowOf(row: Omit<MerchantRow, 'isSelling'>, today: string): MerchantRow {
  return { ...row, isSelling: maySell(row, today) };
}

@Injectable()
export class MerchantReader {
  /** Whatever is shown of goods names its seller. */
  private readonly gathered = new Gathered<MerchantRow>(
    this.database,
    (ids) => this.read(this.database, ids),
    ({ id }) => id,
  );

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

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

  /** Who is suspended or closes, or whose licence has ended: few at any time. Whose money is offered by them is offered by nobody. */
  async stopped(on: Pick<Tx, 'query'> = this.database): Promise<Pick<MerchantRow, 'id' | 'name'>[]> {
    return on.query(
      "SELECT id, name FROM merchant WHERE state IN ('SUSPENDED', 'CLOSING', 'CLOSED') OR licensed_until < ? ORDER BY id",
      [businessDay(this.clock.now())],
    );
  }

  /** Of these, who closes or is closed: they are paid out to the last fen. */
  async closingOf(
    ids: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await on.query<{ id: string }>(
      "SELECT id FROM merchant WHERE id IN (?) AND state IN ('CLOSING', 'CLOSED')",
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Held until the end of the transaction, so that nobody suspends it while something of it is put on sale. Null where there is none. */
  async lockSelling(tx: Tx, id: string): Promise<boolean | null> {
    const [row] = await tx.query<Pick<MerchantRow, 'state' | 'licensedUntil'>>(
      'SELECT state, licensed_until AS licensedUntil FROM merchant WHERE id = ? LOCK IN SHARE MODE',
      [id],
    );
    return row ? maySell(row, businessDay(this.clock.now())) : null;
  }

  /** In any order and in any state: what was bought from a merchant who is suspended now was still bought from them. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<MerchantRow[]> {
    if (on === this.database) return this.gathered.of(ids);
    return ids.length === 0 ? [] : this.read(on, ids);
  }

  private async read(on: Pick<Tx, 'query'>, ids: readonly string[]): Promise<MerchantRow[]> {
    const today = businessDay(this.clock.now());
    const rows = await on.query<MerchantRow>(`SELECT ${MERCHANT_COLUMNS} FROM merchant WHERE id IN (?)`, [
      ids,
    ]);
    return rows.map((row) => merchantRowOf(row, today));
  }
}
