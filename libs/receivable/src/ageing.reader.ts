import { Injectable } from '@nestjs/common';
import { prefixOf, withinScope } from '#libs/division';
import { Clock, type FenText, type Page, type PageRequest, businessDay, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import { type Ageing, type PaymentScore, ageingDays, scoreOf } from './ageing.rules.js';
import type { Scope } from './receivable.reader.js';

export interface UnitAgeing extends Ageing, PaymentScore {
  readonly unitId: string;
}

export interface DivisionAgeing extends Ageing, PaymentScore {
  readonly divisionCode: string;
}

interface Raw {
  readonly member: string;
  readonly notDue: FenText;
  readonly to30: FenText;
  readonly to60: FenText;
  readonly to90: FenText;
  readonly over90: FenText;
  readonly open: FenText;
  readonly oldestDueOn: string | null;
}

interface RawScored extends Raw {
  readonly due: FenText;
  readonly onTime: FenText;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const AGEING_KEY_PARTS = 1;

/** The buckets of `bucketOf`, over rows named `r` and what is open of them. */
function buckets(open: string): string {
  return `COALESCE(SUM(CASE WHEN r.due_on >= ? THEN ${open} ELSE 0 END), 0) AS notDue,
    COALESCE(SUM(CASE WHEN r.due_on < ? AND r.due_on >= ? THEN ${open} ELSE 0 END), 0) AS to30,
    COALESCE(SUM(CASE WHEN r.due_on < ? AND r.due_on >= ? THEN ${open} ELSE 0 END), 0) AS to60,
    COALESCE(SUM(CASE WHEN r.due_on < ? AND r.due_on >= ? THEN ${open} ELSE 0 END), 0) AS to90,
    COALESCE(SUM(CASE WHEN r.due_on < ? THEN ${open} ELSE 0 END), 0) AS over90,
    COALESCE(SUM(${open}), 0) AS open, MIN(CASE WHEN ${open} > 0 THEN r.due_on END) AS oldestDueOn`;
}

function ageingOf({ notDue, to30, to60, to90, over90, open, oldestDueOn }: Raw): Ageing {
  return {
    notDueFen: fen(notDue),
    days1To30Fen: fen(to30),
    days31To60Fen: fen(to60),
    days61To90Fen: fen(to90),
    over90Fen: fen(over90),
    openFen: fen(open),
    oldestDueOn,
  };
}

/** What is owed, by how long it has been due: today, by the day of Shanghai. */
@Injectable()
export class AgeingReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Units that owe or have owed, by id; narrowed to a division within the scope. */
  async byUnit(
    divisionCode: string | null,
    scope: Scope,
    { first, after }: PageRequest,
  ): Promise<Page<UnitAgeing>> {
    const rows = await this.scored('r.unit_id', divisionCode, scope, [after?.[0] ?? '', first + 1]);
    const units = rows.map(({ due, onTime, member: unitId, ...raw }) => ({
      unitId,
      ...ageingOf({ ...raw, member: unitId }),
      ...scoreOf(fen(due), fen(onTime)),
    }));
    return pageOf(units, first, ({ unitId }) => [unitId]);
  }

  /** What one unit owes, and how it pays. The caller checks who asks. */
  async ofUnit(unitId: string): Promise<Ageing & PaymentScore> {
    const { today } = ageingDays(businessDay(this.clock.now()));
    const isScored = 'r.due_on < ? OR r.open_fen = 0';
    const [row] = await this.database.query<RawScored>(
      `SELECT '' AS member, ${buckets('r.open_fen')},
         COALESCE(SUM(CASE WHEN ${isScored} THEN r.amount_fen - r.credited_fen ELSE 0 END), 0) AS due,
         COALESCE(SUM(CASE WHEN ${isScored} THEN r.paid_on_time_fen ELSE 0 END), 0) AS onTime
       FROM receivable r WHERE r.unit_id = ?`,
      [...this.days(), today, today, unitId],
    );
    return { ...ageingOf(row ?? NOTHING), ...scoreOf(fen(row?.due ?? '0'), fen(row?.onTime ?? '0')) };
  }

  /** The divisions of units that owe or have owed, by code. */
  async byDivision(scope: Scope, { first, after }: PageRequest): Promise<Page<DivisionAgeing>> {
    const rows = await this.scored('r.division_code', null, scope, [after?.[0] ?? '', first + 1]);
    const divisions = rows.map(({ due, onTime, member: divisionCode, ...raw }) => ({
      divisionCode,
      ...ageingOf({ ...raw, member: divisionCode }),
      ...scoreOf(fen(due), fen(onTime)),
    }));
    return pageOf(divisions, first, (row) => [row.divisionCode]);
  }

  /** What units owe one merchant, by unit. */
  async ofMerchant(
    merchantId: string,
    { first, after }: PageRequest,
  ): Promise<Page<Ageing & { readonly unitId: string }>> {
    const rows = await this.database.query<Raw>(
      `SELECT r.unit_id AS member, ${buckets('p.open_fen')}
       FROM receivable_part p JOIN receivable r ON r.order_id = p.order_id
       WHERE p.merchant_id = ? AND p.open_fen > 0 AND r.unit_id > ? GROUP BY r.unit_id ORDER BY r.unit_id LIMIT ?`,
      [...this.days(), merchantId, after?.[0] ?? '', first + 1],
    );
    const units = rows.map((raw) => ({ unitId: raw.member, ...ageingOf(raw) }));
    return pageOf(units, first, ({ unitId }) => [unitId]);
  }

  /** All that units owe one merchant. */
  async totalOfMerchant(merchantId: string): Promise<Ageing> {
    const [row] = await this.database.query<Raw>(
      `SELECT '' AS member, ${buckets('p.open_fen')}
       FROM receivable_part p JOIN receivable r ON r.order_id = p.order_id WHERE p.merchant_id = ? AND p.open_fen > 0`,
      [...this.days(), merchantId],
    );
    return ageingOf(row ?? NOTHING);
  }

  /** All that is owed within somebody's divisions. */
  async total(scope: Scope): Promise<Ageing> {
    const { sql, values } = withinScope('r.division_code', scope);
    const [row] = await this.database.query<Raw>(
      `SELECT '' AS member, ${buckets('r.open_fen')} FROM receivable r WHERE ${sql} AND r.open_fen > 0`,
      [...this.days(), ...values],
    );
    return ageingOf(row ?? NOTHING);
  }

  private scored(
    by: 'r.unit_id' | 'r.division_code',
    divisionCode: string | null,
    scope: Scope,
    page: readonly [string, number],
  ): Promise<RawScored[]> {
    const { sql, values } = withinScope('r.division_code', scope);
    const { today } = ageingDays(businessDay(this.clock.now()));
    const narrowed = divisionCode === null ? [] : [`${prefixOf(divisionCode)}%`];
    const isScored = 'r.due_on < ? OR r.open_fen = 0';
    const [after, limit] = page;
    return this.database.query<RawScored>(
      `SELECT ${by} AS member, ${buckets('r.open_fen')},
         SUM(CASE WHEN ${isScored} THEN r.amount_fen - r.credited_fen ELSE 0 END) AS due,
         SUM(CASE WHEN ${isScored} THEN r.paid_on_time_fen ELSE 0 END) AS onTime
       FROM receivable r WHERE ${sql}${narrowed.length > 0 ? ' AND r.division_code LIKE ?' : ''} AND ${by} > ?
       GROUP BY ${by} ORDER BY ${by} LIMIT ?`,
      [...this.days(), today, today, ...values, ...narrowed, after, limit],
    );
  }

  /** In the order of the placeholders of `buckets`. */
  private days(): SqlValue[] {
    const { today, day30, day60, day90 } = ageingDays(businessDay(this.clock.now()));
    return [today, today, day30, day30, day60, day60, day90, day90];
  }
}

const NOTHING: Raw = {
  member: '',
  notDue: '0',
  to30: '0',
  to60: '0',
  to90: '0',
  over90: '0',
  open: '0',
  oldestDueOn: null,
};
