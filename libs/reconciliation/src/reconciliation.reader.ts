import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import {
  RECONCILIATION_CHECKS,
  type ReconciliationCheckName,
  type ReconciliationRunId,
} from './reconciliation.entity.js';

export interface RunRow {
  readonly id: ReconciliationRunId;
  readonly check: ReconciliationCheckName;
  readonly coversFrom: Date;
  readonly examinedCount: bigint;
  readonly matchedCount: bigint;
  readonly foundCount: bigint;
  readonly startedAt: Date;
  /** Null while it is under way. */
  readonly finishedAt: Date | null;
  /** Why its last round failed; null where none has, or it has been made up for. */
  readonly failure: string | null;
}

type Raw = Omit<RunRow, `${string}Count`> & {
  readonly examined: string;
  readonly matched: string;
  readonly found: string;
};

const COLUMNS = `r.id, r.check_name AS \`check\`, r.covers_from AS coversFrom, r.examined_count AS examined, r.matched_count AS matched,
  r.found_count AS found, r.started_at AS startedAt, r.finished_at AS finishedAt, r.failure`;

/** After every id of a run, in the order of text. */
const BEHIND_ALL = 'rrn~';

function rowOf({ examined, matched, found, ...rest }: Raw): RunRow {
  return {
    ...rest,
    examinedCount: BigInt(examined),
    matchedCount: BigInt(matched),
    foundCount: BigInt(found),
  };
}

@Injectable()
export class ReconciliationReader {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async runs(check: ReconciliationCheckName | null, { first, after }: PageRequest): Promise<Page<RunRow>> {
    const [last = BEHIND_ALL] = after ?? [];
    const values: SqlValue[] = [last, ...(check ? [check] : []), first + 1];
    const rows = await this.database.query<Raw>(
      `SELECT ${COLUMNS} FROM reconciliation_run r WHERE r.id < ? ${check ? 'AND r.check_name = ?' : ''} ORDER BY r.id DESC LIMIT ?`,
      values,
    );
    return pageOf(rows.map(rowOf), first, (row) => [row.id]);
  }

  /** The latest that came to its end, of each check that has any; in the order of checks. */
  async lastFinished(): Promise<RunRow[]> {
    const rows = await this.database.query<Raw>(
      `SELECT ${COLUMNS} FROM reconciliation_run r JOIN (
         SELECT check_name, MAX(finished_at) AS finished_at FROM reconciliation_run GROUP BY check_name
       ) AS latest ON latest.check_name = r.check_name AND latest.finished_at = r.finished_at ORDER BY r.id`,
    );
    const last = new Map(rows.map((row) => [row.check, rowOf(row)]));
    return RECONCILIATION_CHECKS.flatMap((check) => last.get(check) ?? []);
  }
}
