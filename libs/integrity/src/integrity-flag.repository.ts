import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type IdOf, fen, newId } from '#libs/kernel';
import { withinScope } from '#libs/division';
import type { SaleFact } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Capacity, DecidedFlag, Finding } from './integrity-check.rules.js';
import type { FlagAct, FlagState, IntegrityFlagId, IntegrityRule } from './integrity-flag.entity.js';

export interface LockedFlag {
  readonly id: IntegrityFlagId;
  readonly state: FlagState;
  readonly confirmedBy: string | null;
  readonly countyCode: string;
}

export type VillageSale = Pick<SaleFact, 'originVillageCode' | 'productId' | 'eventDay' | 'weightG'>;

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

  /** Of these facts, those that a flag of the rule is about which has been decided: dismissed, confirmed or what followed. */
  async decided(tx: Tx, rule: IntegrityRule, factIds: readonly string[]): Promise<Map<string, DecidedFlag>> {
    if (factIds.length === 0) return new Map();
    const rows = await tx.query<{ factId: string; flagId: string; isCleared: number }>(
      `SELECT x.fact_id AS factId, x.flag_id AS flagId, g.state IN ('DISMISSED', 'OVERTURNED') AS isCleared
       FROM integrity_flag_fact x JOIN integrity_flag g ON g.id = x.flag_id
       WHERE x.fact_id IN (?) AND g.rule = ? AND g.state <> 'OPEN'`,
      [factIds, rule],
    );
    return new Map(
      rows.map(({ factId, flagId, isCleared }) => [factId, { flagId, isCleared: isCleared === 1 }]),
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

  async factIdsOf(on: Pick<Tx, 'query'>, id: IntegrityFlagId): Promise<string[]> {
    const own = await on.query<{ factId: string }>(
      'SELECT fact_id AS factId FROM integrity_flag_fact WHERE flag_id = ?',
      [id],
    );
    return own.map(({ factId }) => factId).toSorted();
  }

  /** Its facts, in order; locked wherever they are flagged, so that two flags about one sale take turns. */
  async lockFacts(tx: Tx, id: IntegrityFlagId): Promise<string[]> {
    const ids = await this.factIdsOf(tx, id);
    if (ids.length === 0) return [];
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

  async correctionsOf(on: Pick<Tx, 'query'>, flagId: IntegrityFlagId): Promise<Correction[]> {
    const rows = await on.query<
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

  /** In the order of the rows, so that two rounds never wait for each other in a circle. */
  async addVillageDays(tx: Tx, facts: readonly VillageSale[]): Promise<void> {
    const sold = new Map<string, { row: readonly [string, string, string]; weightG: bigint }>();
    for (const { originVillageCode, productId, eventDay, weightG } of facts) {
      if (originVillageCode === '' || weightG === 0n) continue;
      const row = [originVillageCode, productId, eventDay] as const;
      const key = row.join('|');
      sold.set(key, { row, weightG: (sold.get(key)?.weightG ?? 0n) + weightG });
    }
    if (sold.size === 0) return;
    const rows = [...sold]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { row, weightG }]) => [...row, weightG]);
    await tx.write(
      `INSERT INTO integrity_village_day (village_code, product_id, day, weight_g) VALUES ?
       ON DUPLICATE KEY UPDATE weight_g = integrity_village_day.weight_g + VALUES(weight_g)`,
      [rows],
    );
  }

  /** What may be grown, of a product or of its kind whoever sells it, and what has been sold of that in the season: read day by day, not sale by sale. */
  async capacities(
    tx: Tx,
    villageCodes: readonly string[],
    productIds: readonly string[],
  ): Promise<Capacity[]> {
    if (villageCodes.length === 0 || productIds.length === 0) return [];
    const rows = await tx.query<Omit<Capacity, 'capacityG' | 'soldG'> & { capacityG: string; soldG: string }>(
      `SELECT c.village_code AS villageCode, c.product_id AS productId, c.season_from AS seasonFrom, c.season_to AS seasonTo,
         c.capacity_g AS capacityG, COALESCE(SUM(d.weight_g), 0) AS soldG
       FROM village_capacity c LEFT JOIN integrity_village_day d ON d.village_code = c.village_code
         AND d.product_id = c.product_id AND d.day BETWEEN c.season_from AND c.season_to
       WHERE c.village_code IN (?) AND c.product_id IN (?)
       GROUP BY c.village_code, c.product_id, c.season_from, c.season_to, c.capacity_g
       UNION ALL
       SELECT c.village_code, p.id, c.season_from, c.season_to, c.capacity_g, COALESCE(SUM(d.weight_g), 0)
       FROM harvest_capacity c JOIN product p ON p.kind_code = c.kind_code JOIN product alike ON alike.kind_code = c.kind_code
       LEFT JOIN integrity_village_day d ON d.village_code = c.village_code AND d.product_id = alike.id
         AND d.day BETWEEN c.season_from AND c.season_to
       WHERE c.village_code IN (?) AND p.id IN (?)
       GROUP BY c.village_code, p.id, c.season_from, c.season_to, c.capacity_g`,
      [villageCodes, productIds, villageCodes, productIds],
    );
    return rows.map((row) => ({ ...row, capacityG: BigInt(row.capacityG), soldG: BigInt(row.soldG) }));
  }

  /** What flags have taken off these facts and not given back. */
  async takenOff(on: Pick<Tx, 'query'>, factIds: readonly string[]): Promise<Map<string, Fen>> {
    if (factIds.length === 0) return new Map();
    const rows = await on.query<{ factId: string; taken: FenText }>(
      `SELECT c.fact_id AS factId, SUM(c.recognised_fen) AS taken FROM integrity_correction c
       JOIN integrity_flag g ON g.id = c.flag_id WHERE c.fact_id IN (?) AND g.state <> 'OVERTURNED' GROUP BY c.fact_id`,
      [factIds],
    );
    return new Map(rows.map(({ factId, taken }) => [factId, fen(taken)]));
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
