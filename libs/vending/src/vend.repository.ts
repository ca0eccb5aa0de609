import { Injectable } from '@nestjs/common';
import { type IdOf, fen, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { Vend, VendId, VendItem, VendState } from './vend.entity.js';
import type { FoundBreak } from './vend.rules.js';

/** A row to be written: what the entity holds, without being one. */
type RowOf<Entity> = Pick<Entity, keyof Entity>;
export type VendRowWritten = RowOf<Vend>;
export type VendItemRow = RowOf<VendItem>;

type RawItem = Omit<VendItemRow, 'fen' | 'isContradicted'> & {
  readonly fen: string;
  readonly isContradicted: number;
};

export interface NewBreak extends FoundBreak {
  readonly cabinetId: IdOf<'cab'>;
  readonly countyCode: string;
  readonly operatorId: string;
  readonly vendId: VendId | null;
  readonly messageId: string;
}

const VEND = `SELECT id, order_id AS orderId, cabinet_id AS cabinetId, channel_point_id AS channelPointId, county_code AS countyCode,
  operator_id AS operatorId, state, paid_at AS paidAt, begun_at AS begunAt, check_at AS checkAt, concluded_at AS concludedAt FROM vend`;

@Injectable()
export class VendRepository {
  async insert(tx: Tx, vend: VendRowWritten, items: readonly VendItemRow[]): Promise<void> {
    await tx.insert('vend', [{ ...vend }]);
    await tx.insert(
      'vend_item',
      items.map((item) => ({ ...item })),
    );
  }

  async isBegun(tx: Tx, orderId: string): Promise<boolean> {
    return (await tx.query('SELECT id FROM vend WHERE order_id = ?', [orderId])).length > 0;
  }

  /** Everything about one vend follows one after the other by this lock; it is taken before the order's. */
  async lock(tx: Tx, vendId: string): Promise<VendRowWritten | null> {
    const [row] = await tx.query<VendRowWritten>(`${VEND} WHERE id = ? FOR UPDATE`, [vendId]);
    return row ?? null;
  }

  /** The vend of a command, if it was this cabinet's. */
  async vendOf(tx: Tx, cabinetId: string, commandId: string): Promise<VendId | null> {
    const [row] = await tx.query<{ vendId: VendId }>(
      `SELECT i.vend_id AS vendId FROM vend_item i JOIN vend v ON v.id = i.vend_id WHERE i.command_id = ? AND v.cabinet_id = ?`,
      [commandId, cabinetId],
    );
    return row?.vendId ?? null;
  }

  async itemsOf(tx: Tx, vendId: VendId): Promise<VendItemRow[]> {
    const rows = await tx.query<RawItem>(
      `SELECT id, vend_id AS vendId, order_line_id AS orderLineId, slot_code AS slotCode, quantity, fen, command_id AS commandId, state,
         delivered_units AS deliveredUnits, told_units AS toldUnits, is_contradicted AS isContradicted, occurred_at AS occurredAt
       FROM vend_item WHERE vend_id = ? ORDER BY id`,
      [vendId],
    );
    return rows.map((row) => ({ ...row, fen: fen(row.fen), isContradicted: row.isContradicted === 1 }));
  }

  async changeItem(tx: Tx, item: VendItemRow): Promise<void> {
    const { id, state, deliveredUnits, toldUnits, isContradicted, occurredAt } = item;
    await tx.write(
      'UPDATE vend_item SET state = ?, delivered_units = ?, told_units = ?, is_contradicted = ?, occurred_at = ? WHERE id = ?',
      [state, deliveredUnits, toldUnits, isContradicted, occurredAt, id],
    );
  }

  async conclude(tx: Tx, vendId: VendId, state: VendState, at: Date): Promise<void> {
    await tx.write('UPDATE vend SET state = ?, concluded_at = ?, check_at = NULL WHERE id = ?', [
      state,
      at,
      vendId,
    ]);
  }

  async checkAgainAt(tx: Tx, vendId: VendId, at: Date): Promise<void> {
    await tx.write('UPDATE vend SET check_at = ? WHERE id = ?', [at, vendId]);
  }

  /** Not locked: looked at again behind the lock. */
  async due(tx: Tx, now: Date, limit: number): Promise<VendId[]> {
    const rows = await tx.query<{ id: VendId }>(
      'SELECT id FROM vend WHERE check_at <= ? ORDER BY check_at LIMIT ?',
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Found once per message, slot and kind. */
  async insertBreak(tx: Tx, found: NewBreak, takenUnits: number, at: Date): Promise<void> {
    const { cabinetId, countyCode, operatorId, vendId, messageId, slotCode, kind, units } = found;
    await tx.write(
      `INSERT INTO vend_break (id, cabinet_id, county_code, operator_id, vend_id, message_id, slot_code, kind, units, taken_units, found_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id`,
      [
        newId('vbr'),
        cabinetId,
        countyCode,
        operatorId,
        vendId,
        messageId,
        slotCode,
        kind,
        units,
        takenUnits,
        at,
      ],
    );
  }

  /** Null outside the scope; locked. */
  async lockBreak(
    tx: Tx,
    breakId: string,
    within: { readonly sql: string; readonly values: readonly (string | readonly string[])[] },
  ): Promise<{ readonly id: string; readonly countyCode: string; readonly resolvedAt: Date | null } | null> {
    const [row] = await tx.query<{ id: string; countyCode: string; resolvedAt: Date | null }>(
      `SELECT b.id, b.county_code AS countyCode, b.resolved_at AS resolvedAt FROM vend_break b WHERE b.id = ? AND ${within.sql} FOR UPDATE`,
      [breakId, ...within.values],
    );
    return row ?? null;
  }

  async resolveBreak(
    tx: Tx,
    breakId: string,
    { by, note, at }: { readonly by: string; readonly note: string; readonly at: Date },
  ): Promise<void> {
    await tx.write('UPDATE vend_break SET resolved_at = ?, resolved_by = ?, note = ? WHERE id = ?', [
      at,
      by,
      note,
      breakId,
    ]);
  }
}
