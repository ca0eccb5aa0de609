import { Injectable } from '@nestjs/common';
import { type Fen, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { CreditTerm, type CreditTermId, CreditUse } from './credit-term.entity.js';
import type { CreditTermRow } from './credit-term.rules.js';

@Injectable()
export class CreditTermRepository {
  /** By this lock the orders of one unit take turns, so that two at once never pass the limit together. False for a unit that is not there. */
  async lockUnit(tx: Tx, unitId: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM procurement_unit WHERE id = ? FOR UPDATE', [unitId])).length > 0;
  }

  async versionsOf(tx: Tx, unitId: string): Promise<number> {
    const [row] = await tx.query<{ version: number | null }>(
      'SELECT MAX(version) AS version FROM credit_term WHERE unit_id = ?',
      [unitId],
    );
    return row?.version ?? 0;
  }

  async inForce(tx: Tx, unitId: CreditTerm['unitId']): Promise<CreditTerm | null> {
    const [term] = await tx.manager.find(CreditTerm, {
      where: { unitId, state: 'IN_FORCE' },
      order: { version: 'DESC' },
      take: 1,
    });
    return term ?? null;
  }

  lock(tx: Tx, id: CreditTermId): Promise<CreditTermRow | null> {
    return tx.manager.findOne(CreditTerm, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, term: CreditTermRow): Promise<void> {
    await tx.manager.insert(CreditTerm, term);
  }

  async decide(tx: Tx, id: CreditTermId, state: CreditTerm['state'], decidedAt: Date): Promise<void> {
    await tx.manager.update(CreditTerm, { id }, { state, decidedAt });
  }

  /** What the unit's orders have not paid yet, those that nobody has signed among them. */
  async usedOf(tx: Tx, unitId: string): Promise<Fen> {
    const [row] = await tx.query<{ used: string | null }>(
      'SELECT SUM(open_fen) AS used FROM credit_use WHERE unit_id = ?',
      [unitId],
    );
    return fen(row?.used ?? '0');
  }

  async insertUse(tx: Tx, use: CreditUse): Promise<void> {
    await tx.manager.insert(CreditUse, use);
  }

  lockUse(tx: Tx, orderId: string): Promise<CreditUse | null> {
    return tx.manager.findOne(CreditUse, { where: { orderId }, lock: { mode: 'pessimistic_write' } });
  }

  async setOpen(tx: Tx, orderIds: readonly string[], openFen: Fen, at: Date): Promise<void> {
    await tx.write('UPDATE credit_use SET open_fen = ?, updated_at = ? WHERE order_id IN (?)', [
      openFen,
      at,
      orderIds,
    ]);
  }
}
