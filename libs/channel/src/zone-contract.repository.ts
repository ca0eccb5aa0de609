import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { ZoneContract, type ZoneContractId } from './zone-contract.entity.js';
import { type PlaceScope, withinPlaceScope } from './place-scope.rules.js';
import { CONTRACT_COLUMNS } from './zone-contract.reader.js';
import { contractedSpan } from './zone-contract.rules.js';

@Injectable()
export class ZoneContractRepository {
  /** Throws on a unique key when this person has used the key before, or another of the series waits. */
  async insert(tx: Tx, contract: ZoneContract): Promise<void> {
    await tx.manager.insert(ZoneContract, contract);
  }

  byKey(tx: Tx, proposedBy: IdOf<'usr'>, idempotencyKey: string): Promise<ZoneContract | null> {
    return tx.manager.findOneBy(ZoneContract, { proposedBy, idempotencyKey });
  }

  /**
   * One contract, with its whole series held until the end of the transaction (the first of it stands for all), so that what its shops may do is counted by
   * one at a time. Null outside the scope.
   */
  async lock(tx: Tx, id: string, scope: PlaceScope): Promise<ZoneContract | null> {
    const { sql, values } = withinPlaceScope(scope, CONTRACT_COLUMNS);
    const [found] = await tx.query<{ seriesId: ZoneContractId }>(
      `SELECT series_id AS seriesId FROM zone_contract WHERE id = ? AND ${sql}`,
      [id, ...values],
    );
    if (!found) return null;
    await tx.query('SELECT id FROM zone_contract WHERE id = ? FOR UPDATE', [found.seriesId]);
    return tx.manager.findOneBy(ZoneContract, { id: id as ZoneContractId });
  }

  /** All of a series that were agreed to. */
  agreed(tx: Tx, seriesId: ZoneContractId): Promise<ZoneContract[]> {
    return tx.manager.findBy(ZoneContract, { seriesId, state: 'AGREED' });
  }

  async decide(
    tx: Tx,
    id: ZoneContractId,
    { state, decidedBy, reason }: Pick<ZoneContract, 'state' | 'decidedBy' | 'reason'>,
    at: Date,
  ): Promise<void> {
    await tx.write(
      'UPDATE zone_contract SET state = ?, open_series_id = NULL, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?',
      [state, decidedBy, at, reason, id],
    );
  }

  /** From that day on: also of what would have renewed it. */
  async end(
    tx: Tx,
    seriesId: ZoneContractId,
    endedOn: string,
    endedBy: string,
    reason: string,
  ): Promise<void> {
    await tx.write(
      `UPDATE zone_contract SET ended_on = ?, ended_by = ?, end_reason = ?
       WHERE series_id = ? AND state = 'AGREED' AND valid_to >= ? AND (ended_on IS NULL OR ended_on > ?)`,
      [endedOn, endedBy, reason, seriesId, endedOn, endedOn],
    );
  }

  /** What was agreed to and ends until one of these days, of which the host was not told yet; not where a renewal waits, or was agreed to and not ended. */
  lockToRemind(
    tx: Tx,
    today: string,
    days: readonly { readonly before: number; readonly until: string }[],
    limit: number,
  ): Promise<Pick<ZoneContract, 'id' | 'hostId' | 'validTo'>[]> {
    const due = days.map(() => '(c.valid_to <= ? AND (c.reminded_days IS NULL OR c.reminded_days > ?))');
    return tx.query(
      `SELECT c.id, c.host_id AS hostId, c.valid_to AS validTo FROM zone_contract c
       WHERE c.state = 'AGREED' AND c.ended_on IS NULL AND c.valid_to >= ? AND (${due.join(' OR ')})
         AND NOT EXISTS (SELECT 1 FROM zone_contract n WHERE n.series_id = c.series_id
           AND (n.state = 'PROPOSED' OR (n.state = 'AGREED' AND n.ended_on IS NULL AND n.valid_to > c.valid_to)))
       ORDER BY c.valid_to, c.id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [today, ...days.flatMap(({ before, until }) => [until, before]), limit],
    );
  }

  async setReminded(tx: Tx, ids: readonly ZoneContractId[], days: number): Promise<void> {
    if (ids.length === 0) return;
    await tx.write('UPDATE zone_contract SET reminded_days = ? WHERE id IN (?)', [days, ids]);
  }

  /** Zones of the host within the contract's division that are not closed; those that stand under another contract come over to this one. */
  async attach(
    tx: Tx,
    { seriesId, hostId }: ZoneContract,
    prefix: string,
    ids: readonly string[],
  ): Promise<number> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM channel_point WHERE id IN (?) AND kind = 'ZONE' AND operator_id = ? AND county_code LIKE ? AND state <> 'CLOSED'
       ORDER BY id FOR UPDATE`,
      [ids, hostId, `${prefix}%`],
    );
    if (rows.length > 0)
      await tx.write('UPDATE channel_point SET contract_series_id = ? WHERE id IN (?)', [
        seriesId,
        rows.map(({ id }) => id),
      ]);
    return rows.length;
  }

  /** The days on which the shops of a series may sell, written beside each; under the lock of the series. Ids of those that were open. */
  async recount(tx: Tx, seriesId: ZoneContractId, today: string): Promise<IdOf<'chp'>[]> {
    const span = contractedSpan(await this.agreed(tx, seriesId), today);
    await tx.write(
      'UPDATE channel_point SET contracted_from = ?, contracted_to = ? WHERE contract_series_id = ?',
      [span?.from ?? null, span?.to ?? null, seriesId],
    );
    const rows = await tx.query<{ id: IdOf<'chp'> }>(
      "SELECT id FROM channel_point WHERE contract_series_id = ? AND state = 'OPEN' ORDER BY id",
      [seriesId],
    );
    return rows.map(({ id }) => id);
  }
}
