import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type IdOf, fen, newId } from '#libs/kernel';
import { withinScope } from '#libs/division';
import type { Tx } from '#platform/database';
import type { Capacity, Finding } from './integrity-check.rules.js';
import type { FlagAct, FlagState, IntegrityFlagId } from './integrity-flag.entity.js';

export interface LockedFlag {
  readonly id: IntegrityFlagId;
  readonly state: FlagState;
  readonly confirmedBy: string | null;
  readonly countyCode: string;
}

export interface Correction {
  readonly factId: string;
  readonly sourceOrderNo: string;
  readonly sourceLineNo: string;
  readonly recognisedFen: Fen;
  readonly quantity: number;
  readonly weightG: bigint;
}

@Injectable()
export class IntegrityFlagRepository {
  /** Found again, an open flag gets newer numbers and more facts; what has been decided stays as it was decided about. */
  async note(tx: Tx, findings: readonly Finding[], at: Date): Promise<void> {
    if (findings.length === 0) return;
    const sorted = findings.toSorted((a, b) => (`${a.rule}${a.subject}` < `${b.rule}${b.subject}` ? -1 : 1));
    await tx.write(
      `INSERT INTO integrity_flag (id, rule, subject, severity, state, merchant_id, county_code, numbers, created_at, updated_at)
       VALUES ? ON DUPLICATE KEY UPDATE numbers = IF(state = 'OPEN', VALUES(numbers), numbers),
         updated_at = IF(state = 'OPEN', VALUES(updated_at), updated_at)`,
      [
        sorted.map(({ rule, subject, severity, merchantId, countyCode, numbers }) => [
          newId('flg'),
          rule,
          subject,
          severity,
          'OPEN',
          merchantId,
          countyCode,
          JSON.stringify(numbers),
          at,
          at,
        ]),
      ],
    );
    const open = await tx.query<{ id: string; rule: string; subject: string }>(
      "SELECT id, rule, subject FROM integrity_flag WHERE (rule, subject) IN (?) AND state = 'OPEN'",
      [sorted.map(({ rule, subject }) => [rule, subject])],
    );
    const idOf = new Map(open.map(({ id, rule, subject }) => [`${rule}|${subject}`, id]));
    const rows = sorted.flatMap(({ rule, subject, facts }) => {
      const flagId = idOf.get(`${rule}|${subject}`);
      return flagId === undefined ? [] : facts.map(({ id, eventDay }) => [flagId, id, eventDay]);
    });
    if (rows.length > 0)
      await tx.write(
        'INSERT INTO integrity_flag_fact (flag_id, fact_id, event_day) VALUES ? ON DUPLICATE KEY UPDATE flag_id = VALUES(flag_id)',
        [rows],
      );
  }

  /** The lock by which everything that happens to one flag takes turns; not found outside the scope. */
  async lock(tx: Tx, id: string, scope: readonly string[] | 'ALL'): Promise<LockedFlag | null> {
    const { sql, values } = withinScope('county_code', scope);
    const [row] = await tx.query<LockedFlag>(
      `SELECT id, state, confirmed_by AS confirmedBy, county_code AS countyCode FROM integrity_flag WHERE id = ? AND ${sql} FOR UPDATE`,
      [id, ...values],
    );
    return row ?? null;
  }

  async lockOfMerchants(tx: Tx, id: string, merchantIds: readonly string[]): Promise<LockedFlag | null> {
    if (merchantIds.length === 0) return null;
    const [row] = await tx.query<LockedFlag>(
      `SELECT id, state, confirmed_by AS confirmedBy, county_code AS countyCode FROM integrity_flag
       WHERE id = ? AND merchant_id IN (?) AND state NOT IN ('OPEN', 'DISMISSED') FOR UPDATE`,
      [id, merchantIds],
    );
    return row ?? null;
  }

  /** Its facts, in order; locked wherever they are flagged, so that two flags about one sale take turns. */
  async lockFacts(tx: Tx, id: IntegrityFlagId): Promise<string[]> {
    const own = await tx.query<{ factId: string }>(
      'SELECT fact_id AS factId FROM integrity_flag_fact WHERE flag_id = ?',
      [id],
    );
    if (own.length === 0) return [];
    const ids = own.map(({ factId }) => factId).toSorted();
    await tx.query(
      'SELECT fact_id FROM integrity_flag_fact WHERE fact_id IN (?) ORDER BY fact_id, flag_id FOR UPDATE',
      [ids],
    );
    return ids;
  }

  async setState(
    tx: Tx,
    id: IntegrityFlagId,
    state: FlagState,
    confirmedBy: string | null,
    at: Date,
  ): Promise<void> {
    await tx.write('UPDATE integrity_flag SET state = ?, confirmed_by = ?, updated_at = ? WHERE id = ?', [
      state,
      confirmedBy,
      at,
      id,
    ]);
  }

  async addStep(
    tx: Tx,
    flagId: IntegrityFlagId,
    act: FlagAct,
    actorId: IdOf<'usr'>,
    reason: string,
    fileIds: readonly string[],
    at: Date,
  ): Promise<void> {
    await tx.insert('integrity_flag_step', [
      { id: newId('fst'), flagId, act, actorId, reason, fileIds: JSON.stringify(fileIds), at },
    ]);
  }

  async addCorrections(tx: Tx, flagId: IntegrityFlagId, corrections: readonly Correction[]): Promise<void> {
    await tx.insert(
      'integrity_correction',
      corrections.map((correction) => ({ id: newId('icr'), flagId, ...correction })),
    );
  }

  async correctionsOf(tx: Tx, flagId: IntegrityFlagId): Promise<Correction[]> {
    const rows = await tx.query<
      Omit<Correction, 'recognisedFen' | 'weightG'> & { recognisedFen: FenText; weightG: string }
    >(
      `SELECT fact_id AS factId, source_order_no AS sourceOrderNo, source_line_no AS sourceLineNo,
         recognised_fen AS recognisedFen, quantity, weight_g AS weightG
       FROM integrity_correction WHERE flag_id = ? ORDER BY fact_id`,
      [flagId],
    );
    return rows.map((row) => ({
      ...row,
      recognisedFen: fen(row.recognisedFen),
      weightG: BigInt(row.weightG),
    }));
  }

  /** Orders of which something was taken off. */
  async correctedOrders(tx: Tx, orderNos: readonly string[]): Promise<Set<string>> {
    if (orderNos.length === 0) return new Set();
    const rows = await tx.query<{ orderNo: string }>(
      'SELECT DISTINCT source_order_no AS orderNo FROM integrity_correction WHERE source_order_no IN (?)',
      [orderNos],
    );
    return new Set(rows.map(({ orderNo }) => orderNo));
  }

  async addParties(
    tx: Tx,
    parties: readonly (readonly [buyerKey: string, merchantId: string])[],
  ): Promise<void> {
    if (parties.length === 0) return;
    await tx.write(
      'INSERT INTO integrity_party (buyer_key, merchant_id) VALUES ? ON DUPLICATE KEY UPDATE buyer_key = VALUES(buyer_key)',
      [parties],
    );
  }

  /** Who of these buyers works for whom, and who works for these merchants. */
  parties(
    tx: Tx,
    buyerKeys: readonly string[],
    merchantIds: readonly string[],
  ): Promise<{ buyerKey: string; merchantId: string }[]> {
    return tx.query(
      'SELECT buyer_key AS buyerKey, merchant_id AS merchantId FROM integrity_party WHERE buyer_key IN (?) OR merchant_id IN (?)',
      [buyerKeys.length > 0 ? buyerKeys : [''], merchantIds.length > 0 ? merchantIds : ['']],
    );
  }

  async capacities(
    tx: Tx,
    villageCodes: readonly string[],
    productIds: readonly string[],
  ): Promise<Capacity[]> {
    if (villageCodes.length === 0 || productIds.length === 0) return [];
    const rows = await tx.query<Omit<Capacity, 'capacityG'> & { capacityG: string }>(
      `SELECT village_code AS villageCode, product_id AS productId, season_from AS seasonFrom, season_to AS seasonTo,
         capacity_g AS capacityG FROM village_capacity WHERE village_code IN (?) AND product_id IN (?)`,
      [villageCodes, productIds],
    );
    return rows.map((row) => ({ ...row, capacityG: BigInt(row.capacityG) }));
  }

  thresholds(tx: Tx): Promise<{ rule: string; name: string; value: string }[]> {
    return tx.query('SELECT rule, name, value FROM integrity_threshold');
  }

  /** False if there is no such threshold. */
  async setThreshold(tx: Tx, rule: string, name: string, value: number): Promise<boolean> {
    const matched = await tx.write('UPDATE integrity_threshold SET value = ? WHERE rule = ? AND name = ?', [
      value,
      rule,
      name,
    ]);
    return matched === 1;
  }
}
