import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type IdOf, type Page, type PageRequest, pageOf, present } from '#libs/kernel';
import { Database, type SqlValue, jsonOf } from '#platform/database';
import type {
  FlagAct,
  FlagState,
  IntegrityFlagId,
  IntegrityRule,
  Severity,
} from './integrity-flag.entity.js';

export interface IntegrityFlagRow {
  readonly id: IntegrityFlagId;
  readonly rule: IntegrityRule;
  readonly severity: Severity;
  readonly state: FlagState;
  readonly merchantId: string;
  readonly countyCode: string;
  readonly numbers: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface FlagStepRow {
  readonly act: FlagAct;
  readonly actorId: IdOf<'usr'>;
  readonly reason: string;
  readonly fileIds: readonly string[];
  readonly at: Date;
}

/** Whose flags: those of a division, or what was decided against a merchant. */
export type FlagScope =
  | { readonly divisions: readonly string[] | 'ALL' }
  | { readonly merchantIds: readonly string[] };

/** Columns in a page's sort key, for `pageRequest`. */
export const FLAG_KEY_PARTS = 1;

/** What is shown of what a flag is about. */
export const FLAG_FACTS_MAX = 200;

const SELECT = `SELECT id, rule, severity, state, merchant_id AS merchantId, county_code AS countyCode, numbers,
  created_at AS createdAt, updated_at AS updatedAt FROM integrity_flag`;

function within(scope: FlagScope): { sql: string; values: SqlValue[] } {
  if ('divisions' in scope) return withinScope('county_code', scope.divisions);
  if (scope.merchantIds.length === 0) return { sql: 'FALSE', values: [] };
  // A suspicion that nobody has confirmed is not told to whom it is about.
  return { sql: "(merchant_id IN (?) AND state NOT IN ('OPEN', 'DISMISSED'))", values: [scope.merchantIds] };
}

@Injectable()
export class IntegrityFlagReader {
  constructor(private readonly database: Database) {}

  /** Null outside the scope. */
  async byId(id: string, scope: FlagScope): Promise<IntegrityFlagRow | null> {
    const { sql, values } = within(scope);
    const [row] = await this.database.query<IntegrityFlagRow>(`${SELECT} WHERE id = ? AND ${sql}`, [
      id,
      ...values,
    ]);
    return row ? { ...row, numbers: jsonOf(row.numbers) } : null;
  }

  /** The longest waiting first. */
  async page(
    scope: FlagScope,
    states: readonly FlagState[] | null,
    { first, after }: PageRequest,
  ): Promise<Page<IntegrityFlagRow>> {
    const { sql, values: scoped } = within(scope);
    const where = [sql];
    const values: SqlValue[] = [...scoped];
    if (states) {
      where.push(states.length > 0 ? 'state IN (?)' : 'FALSE');
      if (states.length > 0) values.push(states);
    }
    if (after) {
      where.push('id > ?');
      values.push(present(after[0], 'an id'));
    }
    const rows = await this.database.query<IntegrityFlagRow>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY id LIMIT ?`,
      [...values, first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, ({ id }) => [id]);
    return { nodes: nodes.map((row) => ({ ...row, numbers: jsonOf(row.numbers) })), pageInfo };
  }

  async factIdsOf(flagId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT fact_id AS id FROM integrity_flag_fact WHERE flag_id = ? ORDER BY fact_id LIMIT ?',
      [flagId, FLAG_FACTS_MAX],
    );
    return rows.map(({ id }) => id);
  }

  /** What happened to a flag, in order: at most five steps. */
  async stepsOf(flagId: string): Promise<FlagStepRow[]> {
    const rows = await this.database.query<FlagStepRow>(
      'SELECT act, actor_id AS actorId, reason, file_ids AS fileIds, at FROM integrity_flag_step WHERE flag_id = ? ORDER BY id',
      [flagId],
    );
    return rows.map((row) => ({ ...row, fileIds: jsonOf(row.fileIds) }));
  }

  async thresholds(): Promise<{ rule: IntegrityRule; name: string; value: number }[]> {
    const rows = await this.database.query<{ rule: IntegrityRule; name: string; value: string }>(
      'SELECT rule, name, value FROM integrity_threshold ORDER BY rule, name',
    );
    return rows.map((row) => ({ ...row, value: Number(row.value) }));
  }
}
