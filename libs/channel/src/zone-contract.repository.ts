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
