import { Injectable } from '@nestjs/common';
import { type IdOf, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import { type CabinetScope, cabinetsWithin } from './cabinet-scope.rules.js';
import type { CabinetId } from './cabinet.entity.js';
import type { CabinetCommandId } from './command.entity.js';
import type {
  CabinetRelease,
  CabinetReleaseId,
  CabinetReleaseKind,
  CabinetRollout,
  CabinetRolloutId,
  CabinetRolloutState,
  RolloutTargetState,
} from './rollout.entity.js';

export type ReleaseRow = Omit<CabinetRelease, 'addedBy'>;

export interface RolloutStage {
  readonly number: number;
  readonly cabinetCount: number;
  readonly aheadCount: number;
  readonly toldCount: number;
  readonly doneCount: number;
  readonly failedCount: number;
  readonly leftCount: number;
  readonly revertingCount: number;
  readonly revertedCount: number;
}

export interface RolloutRow extends Pick<
  CabinetRollout,
  | 'operatorId'
  | 'kind'
  | 'state'
  | 'stage'
  | 'stageCount'
  | 'stageBeganAt'
  | 'waitHours'
  | 'faultyMax'
  | 'faultyCount'
  | 'reason'
  | 'startedAt'
  | 'endedAt'
> {
  readonly id: CabinetRolloutId;
  readonly release: ReleaseRow;
  readonly stages: readonly RolloutStage[];
}

export interface RolloutTargetRow {
  readonly cabinetId: CabinetId;
  readonly stage: number;
  readonly state: RolloutTargetState;
  readonly formerVersion: string | null;
  readonly commandId: CabinetCommandId | null;
  readonly toldAt: Date | null;
  readonly settledAt: Date | null;
}

/** Columns in a page's sort key, for `pageRequest`; the same for versions, roll-outs and their cabinets. */
export const ROLLOUT_KEY_PARTS = 1;

const RELEASE = `SELECT v.id, v.operator_id AS operatorId, v.kind, v.version, v.digest, v.content, v.url, v.added_at AS addedAt FROM cabinet_release v`;
const ROLLOUT = `SELECT r.id, r.release_id AS releaseId, r.operator_id AS operatorId, r.kind, r.state, r.stage, r.stage_count AS stageCount,
  r.stage_began_at AS stageBeganAt, r.wait_hours AS waitHours, r.faulty_max AS faultyMax, r.faulty_count AS faultyCount, r.reason,
  r.started_at AS startedAt, r.ended_at AS endedAt FROM cabinet_rollout r`;

interface Within {
  readonly sql: string;
  readonly values: readonly (string | readonly string[])[];
}

/** Those of merchants, or those that concern a cabinet of divisions. */
function rolloutsWithin(scope: CabinetScope): Within {
  if ('divisions' in scope) {
    const { sql, values } = cabinetsWithin(scope);
    return {
      sql: `EXISTS (SELECT 1 FROM cabinet_rollout_target x JOIN cabinet c ON c.id = x.cabinet_id WHERE x.rollout_id = r.id AND ${sql})`,
      values,
    };
  }
  if (scope.merchantIds.length === 0) return { sql: 'FALSE', values: [] };
  return { sql: 'r.operator_id IN (?)', values: [scope.merchantIds] };
}

/** Of a roll-out that was found: whoever runs it sees all of its cabinets, also those that somebody else runs now; officials see those of their divisions. */
function targetsWithin(scope: CabinetScope): Within & { readonly join: string } {
  if (!('divisions' in scope)) return { join: '', sql: 'TRUE', values: [] };
  return { join: 'JOIN cabinet c ON c.id = t.cabinet_id', ...cabinetsWithin(scope) };
}

type RawRollout = Omit<RolloutRow, 'release' | 'stages'> & { readonly releaseId: CabinetReleaseId };

@Injectable()
export class RolloutReader {
  constructor(private readonly database: Database) {}

  /** Newest first; so below. Of these merchants. */
  async releases(
    operatorIds: readonly string[],
    kind: CabinetReleaseKind | null,
    { first, after }: PageRequest,
  ): Promise<Page<ReleaseRow>> {
    if (operatorIds.length === 0) return pageOf<ReleaseRow>([], first, ({ id }) => [id]);
    const values: SqlValue[] = [operatorIds];
    const narrow = (sql: string, value: string | null | undefined) => {
      if (value === null || value === undefined) return '';
      values.push(value);
      return ` AND ${sql}`;
    };
    const where = `v.operator_id IN (?)${narrow('v.kind = ?', kind)}${narrow('v.id < ?', after?.[0])}`;
    const rows = await this.database.query<ReleaseRow>(
      `${RELEASE} WHERE ${where} ORDER BY v.id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  async release(id: CabinetReleaseId): Promise<ReleaseRow | null> {
    const [row] = await this.database.query<ReleaseRow>(`${RELEASE} WHERE v.id = ?`, [id]);
    return row ?? null;
  }

  async page(
    scope: CabinetScope,
    state: CabinetRolloutState | null,
    { first, after }: PageRequest,
  ): Promise<Page<RolloutRow>> {
    const { sql, values } = rolloutsWithin(scope);
    const rows = await this.database.query<RawRollout>(
      `${ROLLOUT} WHERE ${sql} ${state ? 'AND r.state = ?' : ''} ${after ? 'AND r.id < ?' : ''} ORDER BY r.id DESC LIMIT ?`,
      [...values, ...(state ? [state] : []), ...(after ?? []), first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, ({ id }) => [id]);
    return { nodes: await this.whole(nodes, scope), pageInfo };
  }

  /** Null where it is not theirs. */
  async byId(id: string, scope: CabinetScope): Promise<RolloutRow | null> {
    const { sql, values } = rolloutsWithin(scope);
    const rows = await this.database.query<RawRollout>(`${ROLLOUT} WHERE r.id = ? AND ${sql}`, [
      id,
      ...values,
    ]);
    const [row] = await this.whole(rows, scope);
    return row ?? null;
  }

  /** Its cabinets, in the order of their ids; of officials those of their divisions. */
  async targets(
    rolloutId: string,
    scope: CabinetScope,
    state: RolloutTargetState | null,
    { first, after }: PageRequest,
  ): Promise<Page<RolloutTargetRow>> {
    const whose = rolloutsWithin(scope);
    const which = targetsWithin(scope);
    const rows = await this.database.query<RolloutTargetRow>(
      `SELECT t.cabinet_id AS cabinetId, t.stage, t.state, t.former_version AS formerVersion, t.command_id AS commandId, t.told_at AS toldAt,
         t.settled_at AS settledAt FROM cabinet_rollout r JOIN cabinet_rollout_target t ON t.rollout_id = r.id ${which.join}
       WHERE r.id = ? AND ${whose.sql} AND ${which.sql} ${state ? 'AND t.state = ?' : ''} ${after ? 'AND t.cabinet_id > ?' : ''}
       ORDER BY t.cabinet_id LIMIT ?`,
      [rolloutId, ...whose.values, ...which.values, ...(state ? [state] : []), ...(after ?? []), first + 1],
    );
    return pageOf(rows, first, ({ cabinetId }) => [cabinetId]);
  }

  /** Two statements, however many there are. */
  private async whole(rows: readonly RawRollout[], scope: CabinetScope): Promise<RolloutRow[]> {
    if (rows.length === 0) return [];
    const releases = await this.database.query<ReleaseRow>(`${RELEASE} WHERE v.id IN (?)`, [
      [...new Set(rows.map(({ releaseId }) => releaseId))],
    ]);
    const releaseOf = new Map(releases.map((release) => [release.id, release]));
    const which = targetsWithin(scope);
    const counted = await this.database.query<{
      rolloutId: IdOf<'cro'>;
      stage: number;
      state: RolloutTargetState;
      n: string;
    }>(
      `SELECT t.rollout_id AS rolloutId, t.stage, t.state, COUNT(*) AS n FROM cabinet_rollout_target t ${which.join}
       WHERE t.rollout_id IN (?) AND ${which.sql} GROUP BY t.rollout_id, t.stage, t.state`,
      [rows.map(({ id }) => id), ...which.values],
    );
    return rows.flatMap(({ releaseId, ...row }) => {
      const release = releaseOf.get(releaseId);
      if (!release) return [];
      const stages = Array.from({ length: row.stageCount }, (_, index) => {
        const here = counted.filter(({ rolloutId, stage }) => rolloutId === row.id && stage === index + 1);
        const count = (state: RolloutTargetState) => Number(here.find((one) => one.state === state)?.n ?? 0);
        return {
          number: index + 1,
          cabinetCount: here.reduce((sum, { n }) => sum + Number(n), 0),
          aheadCount: count('AHEAD'),
          toldCount: count('TOLD'),
          doneCount: count('DONE'),
          failedCount: count('FAILED'),
          leftCount: count('LEFT'),
          revertingCount: count('REVERTING'),
          revertedCount: count('REVERTED'),
        };
      });
      return [{ ...row, release, stages }];
    });
  }
}
