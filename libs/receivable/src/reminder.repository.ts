import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { ReminderStage } from './reminder.entity.js';
import { lastDueDays } from './reminder.rules.js';

export interface DueReceivable {
  readonly orderId: string;
  readonly dueOn: string;
  readonly openFen: Fen;
}

export interface ReminderToSend extends DueReceivable {
  readonly stage: ReminderStage;
  readonly buyerId: string;
  readonly attempts: number;
}

@Injectable()
export class ReminderRepository {
  /** What is owed and has reached a stage that has no reminder yet, the longest due first. */
  async unreminded(tx: Tx, today: string, limit: number): Promise<DueReceivable[]> {
    const days = lastDueDays(today);
    const [, latest = ''] = days.at(-1) ?? [];
    const rows = await tx.query<Omit<DueReceivable, 'openFen'> & { open: FenText }>(
      `SELECT r.order_id AS orderId, r.due_on AS dueOn, r.open_fen AS open FROM receivable r
       WHERE r.open_fen > 0 AND r.due_on <= ? AND NOT EXISTS (
         SELECT 1 FROM receivable_reminder m WHERE m.order_id = r.order_id
           AND m.stage = CASE ${days.map(() => 'WHEN r.due_on <= ? THEN ?').join(' ')} END)
       ORDER BY r.due_on, r.order_id LIMIT ?`,
      [latest, ...days.flatMap(([stage, day]) => [day, stage]), limit],
    );
    return rows.map(({ open, ...rest }) => ({ ...rest, openFen: fen(open) }));
  }

  /** What somebody else has written meanwhile stays theirs: the key says that each is written once. */
  async insert(
    tx: Tx,
    rows: readonly { orderId: string; stage: ReminderStage; openFen: Fen }[],
    at: Date,
  ): Promise<void> {
    if (rows.length === 0) return;
    await tx.write(
      `INSERT INTO receivable_reminder (order_id, stage, open_fen, made_at, sent_at, next_try_at, attempts) VALUES ?
       ON DUPLICATE KEY UPDATE attempts = attempts`,
      [rows.map(({ orderId, stage, openFen }) => [orderId, stage, openFen, at, null, at, 0])],
    );
  }

  /** Those of which nobody has been told; two clocks share them by SKIP LOCKED. */
  async lockToSend(tx: Tx, now: Date, limit: number): Promise<ReminderToSend[]> {
    const rows = await tx.query<Omit<ReminderToSend, 'openFen'> & { open: FenText }>(
      `SELECT m.order_id AS orderId, m.stage, m.attempts, r.buyer_id AS buyerId, r.due_on AS dueOn, r.open_fen AS open
       FROM receivable_reminder m JOIN receivable r ON r.order_id = m.order_id
       WHERE m.next_try_at <= ? ORDER BY m.next_try_at, m.order_id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
    return rows.map(({ open, ...rest }) => ({ ...rest, openFen: fen(open) }));
  }

  async putOff(
    tx: Tx,
    { orderId, stage }: Pick<ReminderToSend, 'orderId' | 'stage'>,
    { attempts, at }: { readonly attempts: number; readonly at: Date | null },
  ): Promise<void> {
    await tx.write(
      'UPDATE receivable_reminder SET attempts = ?, next_try_at = ? WHERE order_id = ? AND stage = ?',
      [attempts, at, orderId, stage],
    );
  }

  async markSent(
    tx: Tx,
    { orderId, stage }: Pick<ReminderToSend, 'orderId' | 'stage'>,
    at: Date,
  ): Promise<void> {
    await tx.write(
      'UPDATE receivable_reminder SET sent_at = ?, next_try_at = NULL WHERE order_id = ? AND stage = ?',
      [at, orderId, stage],
    );
  }
}
