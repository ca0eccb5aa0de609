import { Injectable } from '@nestjs/common';
import { type Fen, type IdOf, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { GoodsMeasurement } from './goods-measurement.entity.js';
import type { PlanogramSlot, SlotCount } from './planogram.entity.js';
import type { SlotLoss } from './slot-loss.entity.js';
import type { PlanInput } from './planogram.rules.js';

export type PlannedSlot = Pick<PlanogramSlot, 'slotCode' | 'variantId' | 'priceFen' | 'parLevel'> & {
  /** Of what stands on trays that weigh; null for everything else. */
  readonly unitG: number | null;
  readonly toleranceG: number | null;
};

@Injectable()
export class PlanogramRepository {
  /** The lock by which a cabinet is planned, filled and counted one after the other. Answers the revision. */
  async lock(tx: Tx, cabinetId: IdOf<'cab'>, now: Date): Promise<number> {
    // A no-op for all but the first.
    await tx.write(
      `INSERT INTO planogram (cabinet_id, revision, set_by, set_at) VALUES (?, 0, '', ?) ON DUPLICATE KEY UPDATE revision = revision`,
      [cabinetId, now],
    );
    const [row] = await tx.query<{ revision: number }>(
      'SELECT revision FROM planogram WHERE cabinet_id = ? FOR UPDATE',
      [cabinetId],
    );
    return row?.revision ?? 0;
  }

  async slotsOf(tx: Tx, cabinetId: IdOf<'cab'>): Promise<PlannedSlot[]> {
    const rows = await tx.query<Omit<PlannedSlot, 'priceFen'> & { priceFen: string }>(
      `SELECT slot_code AS slotCode, variant_id AS variantId, price_fen AS priceFen, par_level AS parLevel, NULL AS unitG, NULL AS toleranceG
       FROM planogram_slot WHERE cabinet_id = ?
       UNION ALL SELECT slot_code, variant_id, price_fen, par_level, unit_g, tolerance_g FROM tray_good WHERE cabinet_id = ?
       ORDER BY slotCode, variantId`,
      [cabinetId, cabinetId],
    );
    return rows.map((row): PlannedSlot => ({ ...row, priceFen: fen(row.priceFen) satisfies Fen }));
  }

  async replace(
    tx: Tx,
    cabinetId: IdOf<'cab'>,
    plan: readonly PlanInput[],
    { revision, setBy, setAt }: { readonly revision: number; readonly setBy: string; readonly setAt: Date },
  ): Promise<void> {
    await tx.write('UPDATE planogram SET revision = ?, set_by = ?, set_at = ? WHERE cabinet_id = ?', [
      revision,
      setBy,
      setAt,
      cabinetId,
    ]);
    await tx.write('DELETE FROM planogram_slot WHERE cabinet_id = ?', [cabinetId]);
    await tx.write('DELETE FROM tray_good WHERE cabinet_id = ?', [cabinetId]);
    const rows = plan.map(({ slotCode, variantId, priceFen, parLevel, unitG = null, toleranceG = null }) => ({
      row: { cabinetId, slotCode, variantId, priceFen, parLevel },
      weight: unitG === null ? null : { unitG, toleranceG: toleranceG ?? 0 },
    }));
    const slots = rows.filter(({ weight }) => weight === null).map(({ row }) => row);
    const trays = rows.flatMap(({ row, weight }) => (weight === null ? [] : [{ ...row, ...weight }]));
    if (slots.length > 0) await tx.insert('planogram_slot', slots);
    if (trays.length > 0) await tx.insert('tray_good', trays);
  }

  async countedBefore(
    tx: Tx,
    cabinetId: IdOf<'cab'>,
    slotCode: string,
    causeKey: string,
  ): Promise<number | null> {
    const [row] = await tx.query<{ counted: number }>(
      'SELECT counted_units AS counted FROM slot_count WHERE cabinet_id = ? AND slot_code = ? AND cause_key = ?',
      [cabinetId, slotCode, causeKey],
    );
    return row?.counted ?? null;
  }

  /** Whether somebody has looked since then what lies there. Under the lock, so that nobody is just writing it down. */
  async isCountedSince(tx: Tx, cabinetId: IdOf<'cab'>, slotCode: string, since: Date): Promise<boolean> {
    const [row] = await tx.query(
      'SELECT id FROM slot_count WHERE cabinet_id = ? AND slot_code = ? AND counted_at >= ? LIMIT 1',
      [cabinetId, slotCode, since],
    );
    return row !== undefined;
  }

  /** When each of these slots was counted next after its own count, in the order asked for; null where nobody has yet. */
  async countsAfter(
    tx: Tx,
    cabinetId: IdOf<'cab'>,
    slots: readonly { readonly slotCode: string; readonly countedAt: Date }[],
  ): Promise<(Date | null)[]> {
    if (slots.length === 0) return [];
    const first = new Date(Math.min(...slots.map(({ countedAt }) => countedAt.getTime())));
    const rows = await tx.query<{ slotCode: string; countedAt: Date }>(
      `SELECT slot_code AS slotCode, counted_at AS countedAt FROM slot_count
       WHERE cabinet_id = ? AND slot_code IN (?) AND counted_at > ? ORDER BY counted_at`,
      [cabinetId, slots.map(({ slotCode }) => slotCode), first],
    );
    return slots.map(
      (slot) =>
        rows.find(({ slotCode, countedAt }) => slotCode === slot.slotCode && countedAt > slot.countedAt)
          ?.countedAt ?? null,
    );
  }

  async insertCounts(tx: Tx, counts: readonly Pick<SlotCount, keyof SlotCount>[]): Promise<void> {
    await tx.insert(
      'slot_count',
      counts.map((count) => ({ ...count })),
    );
  }

  /** Once per cause. */
  async insertLoss(tx: Tx, loss: Pick<SlotLoss, keyof SlotLoss>): Promise<void> {
    await tx.insert('slot_loss', [{ ...loss }]);
  }

  async insertMeasurement(
    tx: Tx,
    measurement: Pick<GoodsMeasurement, keyof GoodsMeasurement>,
  ): Promise<void> {
    await tx.insert('goods_measurement', [{ ...measurement }]);
  }
}
