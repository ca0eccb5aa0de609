import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { type SqlValue, type Tx, unlessTaken } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import type { CabinetCommandId } from './command.entity.js';
import {
  CabinetRelease,
  type CabinetReleaseId,
  type CabinetReleaseKind,
  CabinetRollout,
  type CabinetRolloutId,
  ROLLOUT_FAULTS,
  type RolloutTargetState,
} from './rollout.entity.js';
import { DEFAULT_BAND } from './temperature.rules.js';

export const VERSION_COLUMN = { FIRMWARE: 'firmware_version', CONFIG: 'config_version' } as const;

export type OpenRollout = Omit<CabinetRollout, 'idempotencyKey' | 'contentHash'> & {
  readonly version: string;
};

export interface RolloutCandidate {
  readonly id: CabinetId;
  readonly formerVersion: string | null;
}

export interface ToTell {
  readonly cabinetId: CabinetId;
  readonly toldCount: number;
  readonly version: string;
}

type Content = Pick<CabinetRelease, 'digest' | 'content' | 'url'>;

const ROLLOUT = `r.id, r.release_id AS releaseId, r.operator_id AS operatorId, r.open_operator_id AS openOperatorId, r.kind, r.state, r.stage,
  r.stage_count AS stageCount, r.stage_began_at AS stageBeganAt, r.wait_hours AS waitHours, r.faulty_max AS faultyMax, r.faulty_count AS faultyCount,
  r.faulty_accepted AS faultyAccepted, r.reason, r.started_by AS startedBy, r.started_at AS startedAt, r.ended_at AS endedAt, v.version
  FROM cabinet_rollout r JOIN cabinet_release v ON v.id = r.release_id`;

@Injectable()
export class RolloutRepository {
  async releaseByVersion(
    tx: Tx,
    operatorId: string,
    kind: CabinetReleaseKind,
    version: string,
  ): Promise<(Content & Pick<CabinetRelease, 'id'>) | null> {
    const [row] = await tx.query<Content & { id: CabinetReleaseId }>(
      'SELECT id, digest, content, url FROM cabinet_release WHERE operator_id = ? AND kind = ? AND version = ?',
      [operatorId, kind, version],
    );
    return row ?? null;
  }

  async releaseById(
    tx: Tx,
    id: string,
    operatorId: string,
  ): Promise<Pick<CabinetRelease, 'id' | 'kind' | 'version'> | null> {
    const [row] = await tx.query<Pick<CabinetRelease, 'id' | 'kind' | 'version'>>(
      'SELECT id, kind, version FROM cabinet_release WHERE id = ? AND operator_id = ?',
      [id, operatorId],
    );
    return row ?? null;
  }

  async insertRelease(tx: Tx, release: CabinetRelease): Promise<void> {
    await unlessTaken('done meanwhile', () => tx.manager.insert(CabinetRelease, release));
  }

  async byKey(
    tx: Tx,
    operatorId: string,
    idempotencyKey: string,
  ): Promise<Pick<CabinetRollout, 'id' | 'contentHash'> | null> {
    const [row] = await tx.query<Pick<CabinetRollout, 'id' | 'contentHash'>>(
      'SELECT id, content_hash AS contentHash FROM cabinet_rollout WHERE operator_id = ? AND idempotency_key = ?',
      [operatorId, idempotencyKey],
    );
    return row ?? null;
  }

  async openOf(tx: Tx, operatorId: string, kind: CabinetReleaseKind): Promise<CabinetRolloutId | null> {
    const [row] = await tx.query<{ id: CabinetRolloutId }>(
      'SELECT id FROM cabinet_rollout WHERE open_operator_id = ? AND kind = ?',
      [operatorId, kind],
    );
    return row?.id ?? null;
  }

  /** Those that stand, and what each was meant to have or says that it has. */
  async candidates(
    tx: Tx,
    operatorId: string,
    kind: CabinetReleaseKind,
    limit: number,
  ): Promise<RolloutCandidate[]> {
    const column = VERSION_COLUMN[kind];
    return tx.query<RolloutCandidate>(
      `SELECT c.id, COALESCE(s.${column}, l.${column}) AS formerVersion
       FROM cabinet c JOIN cabinet_link l ON l.cabinet_id = c.id LEFT JOIN cabinet_setting s ON s.cabinet_id = c.id
       WHERE c.operator_id = ? AND c.state = 'ACTIVE' ORDER BY c.id LIMIT ?`,
      [operatorId, limit],
    );
  }

  /** Two who start at once: the key, or that one of a kind is open, decides, and the second looks again. */
  async insert(
    tx: Tx,
    rollout: CabinetRollout,
    targets: readonly Readonly<Record<string, SqlValue>>[],
  ): Promise<void> {
    await unlessTaken('done meanwhile', () => tx.manager.insert(CabinetRollout, rollout));
    await tx.insert('cabinet_rollout_target', targets);
  }

  /** Ids of those where time may change something, oldest first. */
  async running(tx: Tx, limit: number): Promise<CabinetRolloutId[]> {
    const rows = await tx.query<{ id: CabinetRolloutId }>(
      "SELECT id FROM cabinet_rollout WHERE open_operator_id IS NOT NULL AND state <> 'HALTED' ORDER BY id LIMIT ?",
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** The lock under which a roll-out goes on: people and the clock take turns. Null where it is not theirs. */
  async lock(tx: Tx, id: string, operatorIds: readonly string[] | 'ALL'): Promise<OpenRollout | null> {
    if (operatorIds.length === 0) return null;
    const [row] = await tx.query<OpenRollout>(
      `SELECT ${ROLLOUT} WHERE r.id = ? ${operatorIds === 'ALL' ? '' : 'AND r.operator_id IN (?)'} FOR UPDATE`,
      [id, ...(operatorIds === 'ALL' ? [] : [operatorIds])],
    );
    return row ?? null;
  }

  /** As it stands from now on. Opened anew it may meet another that is open. */
  async save(tx: Tx, rollout: OpenRollout): Promise<void> {
    const { id, state, openOperatorId, stage, stageBeganAt, faultyCount, faultyAccepted, reason, endedAt } =
      rollout;
    await unlessTaken('done meanwhile', () =>
      tx.write(
        `UPDATE cabinet_rollout SET state = ?, open_operator_id = ?, stage = ?, stage_began_at = ?, faulty_count = ?, faulty_accepted = ?,
           reason = ?, ended_at = ? WHERE id = ?`,
        [state, openOperatorId, stage, stageBeganAt, faultyCount, faultyAccepted, reason, endedAt, id],
      ),
    );
  }

  /** What has become of those that were told, as far as anybody knows. Whoever was told something else meanwhile, or stands no longer, is left alone. */
  async follow(
    tx: Tx,
    { id, kind, operatorId, version }: OpenRollout,
    now: Date,
    reportedBy: Date,
  ): Promise<void> {
    const column = VERSION_COLUMN[kind];
    await tx.write(
      `UPDATE cabinet_rollout_target t JOIN cabinet_link l ON l.cabinet_id = t.cabinet_id
       SET t.state = IF(t.state = 'TOLD', 'DONE', 'REVERTED'), t.settled_at = ?
       WHERE t.rollout_id = ? AND ((t.state = 'TOLD' AND l.${column} = ?)
         OR (t.state = 'REVERTING' AND t.command_id IS NOT NULL AND l.${column} = t.former_version))`,
      [now, id, version],
    );
    // It could not, or says that it could and starts with another.
    await tx.write(
      `UPDATE cabinet_rollout_target t JOIN cabinet_command c ON c.id = t.command_id SET t.state = 'FAILED', t.settled_at = ?
       WHERE t.rollout_id = ? AND t.state IN ('TOLD', 'REVERTING')
         AND (c.state = 'FAILED' OR (c.state = 'DONE' AND c.replied_at <= ?))`,
      [now, id, reportedBy],
    );
    await tx.write(
      `UPDATE cabinet_rollout_target t JOIN cabinet c ON c.id = t.cabinet_id LEFT JOIN cabinet_setting s ON s.cabinet_id = t.cabinet_id
       SET t.state = 'LEFT', t.settled_at = ?
       WHERE t.rollout_id = ? AND t.state IN ('AHEAD', 'TOLD', 'REVERTING')
         AND (c.state = 'RETIRED' OR c.operator_id <> ?
           OR (t.state = 'TOLD' AND NOT (s.${column} <=> ?))
           OR (t.state = 'REVERTING' AND t.command_id IS NOT NULL AND NOT (s.${column} <=> t.former_version)))`,
      [now, id, operatorId, version],
    );
  }

  async countFailed(tx: Tx, id: CabinetRolloutId): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      "SELECT COUNT(*) AS n FROM cabinet_rollout_target WHERE rollout_id = ? AND state = 'FAILED'",
      [id],
    );
    return Number(row?.n ?? 0);
  }

  /** Of those that were told: with something wrong since then, and in as long a time before. */
  async countAlarmed(
    tx: Tx,
    id: CabinetRolloutId,
    now: Date,
  ): Promise<{ readonly alarmedBefore: number; readonly alarmedSince: number }> {
    const [row] = await tx.query<Readonly<Record<'alarmedBefore' | 'alarmedSince', string>>>(
      `SELECT COUNT(DISTINCT IF(a.raised_at <= t.told_at, t.cabinet_id, NULL)) AS alarmedBefore,
         COUNT(DISTINCT IF(a.raised_at > t.told_at, t.cabinet_id, NULL)) AS alarmedSince
       FROM cabinet_rollout_target t JOIN cabinet_alarm a ON a.cabinet_id = t.cabinet_id AND a.kind IN (?)
       WHERE t.rollout_id = ? AND t.state IN ('TOLD', 'DONE') AND a.severity <> 'NOTICE'
         AND a.raised_at > t.told_at - INTERVAL TIMESTAMPDIFF(MICROSECOND, t.told_at, ?) MICROSECOND`,
      [ROLLOUT_FAULTS, id, now],
    );
    return { alarmedBefore: Number(row?.alarmedBefore ?? 0), alarmedSince: Number(row?.alarmedSince ?? 0) };
  }

  /** Of a stage, how many there are, and how many have it. */
  async progress(tx: Tx, id: CabinetRolloutId, stage: number): Promise<{ size: number; done: number }> {
    const [row] = await tx.query<Readonly<Record<'size' | 'done', string | null>>>(
      `SELECT COUNT(*) AS size, SUM(state = 'DONE') AS done FROM cabinet_rollout_target
       WHERE rollout_id = ? AND stage = ? AND state <> 'LEFT'`,
      [id, stage],
    );
    return { size: Number(row?.size ?? 0), done: Number(row?.done ?? 0) };
  }

  async countWaiting(tx: Tx, id: CabinetRolloutId): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM cabinet_rollout_target WHERE rollout_id = ? AND settled_at IS NULL',
      [id],
    );
    return Number(row?.n ?? 0);
  }

  /** Whose turn it is and who was heard lately: not told yet, or told in vain. One that comes back later is told then. */
  async toTell(
    tx: Tx,
    { id, stage, version }: OpenRollout,
    { seenAfter, limit }: { readonly seenAfter: Date; readonly limit: number },
  ): Promise<ToTell[]> {
    return tx.query<ToTell>(
      `SELECT t.cabinet_id AS cabinetId, t.told_count AS toldCount, IF(t.state = 'REVERTING', t.former_version, ?) AS version
       FROM cabinet_rollout_target t JOIN cabinet_link l ON l.cabinet_id = t.cabinet_id LEFT JOIN cabinet_command c ON c.id = t.command_id
       WHERE t.rollout_id = ? AND t.state IN ('AHEAD', 'TOLD', 'REVERTING') AND t.stage <= ? AND l.last_seen_at >= ?
         AND (t.command_id IS NULL OR c.state = 'EXPIRED')
       ORDER BY t.cabinet_id LIMIT ?`,
      [version, id, stage, seenAfter, limit],
    );
  }

  async insertCommands(tx: Tx, commands: readonly Readonly<Record<string, SqlValue>>[]): Promise<void> {
    await tx.insert('cabinet_command', commands);
  }

  /** What these are meant to have from now on; the rest of how they are meant to be stays. */
  async setVersions(
    tx: Tx,
    kind: CabinetReleaseKind,
    wishes: readonly { readonly cabinetId: CabinetId; readonly version: string }[],
    { by, at }: { readonly by: IdOf<'usr'>; readonly at: Date },
  ): Promise<void> {
    const column = VERSION_COLUMN[kind];
    await tx.write(
      `INSERT INTO cabinet_setting (cabinet_id, temperature_band, ${column}, changed_by, changed_at) VALUES ?
       ON DUPLICATE KEY UPDATE ${column} = VALUES(${column}), changed_by = VALUES(changed_by), changed_at = VALUES(changed_at)`,
      [wishes.map(({ cabinetId, version }) => [cabinetId, DEFAULT_BAND, version, by, at])],
    );
  }

  async noteTold(
    tx: Tx,
    id: CabinetRolloutId,
    told: readonly { readonly cabinetId: CabinetId; readonly commandId: CabinetCommandId }[],
    at: Date,
  ): Promise<void> {
    await tx.write(
      `UPDATE cabinet_rollout_target t JOIN cabinet_command c ON c.cabinet_id = t.cabinet_id AND c.id IN (?)
       SET t.command_id = c.id, t.told_count = t.told_count + 1, t.told_at = COALESCE(t.told_at, ?), t.state = IF(t.state = 'AHEAD', 'TOLD', t.state)
       WHERE t.rollout_id = ? AND t.cabinet_id IN (?)`,
      [told.map(({ commandId }) => commandId), at, id, told.map(({ cabinetId }) => cabinetId)],
    );
  }

  /** Nobody is told any more what has not been answered. What was said may still be done: then the cabinet says so. */
  async endCommands(tx: Tx, id: CabinetRolloutId): Promise<void> {
    await tx.write(
      `UPDATE cabinet_command c JOIN cabinet_rollout_target t ON t.command_id = c.id SET c.state = 'EXPIRED'
       WHERE t.rollout_id = ? AND c.state = 'WAITING'`,
      [id],
    );
  }

  /** Whoever was told is to have again what it had; where nobody knows what that was, or it was never told, it is left alone. */
  async revert(tx: Tx, id: CabinetRolloutId, at: Date): Promise<void> {
    const isKnown = "(t.state IN ('TOLD', 'DONE', 'FAILED') AND t.former_version IS NOT NULL)";
    await tx.write(
      `UPDATE cabinet_rollout_target t SET t.settled_at = IF(${isKnown}, NULL, ?), t.command_id = IF(${isKnown}, NULL, t.command_id),
         t.state = IF(${isKnown}, 'REVERTING', 'LEFT') WHERE t.rollout_id = ? AND t.state <> 'LEFT'`,
      [at, id],
    );
  }

  async leaveRest(tx: Tx, id: CabinetRolloutId, at: Date): Promise<void> {
    const left: RolloutTargetState = 'LEFT';
    await tx.write(
      'UPDATE cabinet_rollout_target SET state = ?, settled_at = ? WHERE rollout_id = ? AND settled_at IS NULL',
      [left, at, id],
    );
  }
}
