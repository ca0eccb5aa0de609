import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import type { Movement } from '#libs/ledger';
import { type Tx, isDuplicate } from '#platform/database';
import type { PaidKind, PayoutMethod } from './payee-account.entity.js';
import type {
  Payout,
  PayoutId,
  PayoutRunRecord,
  PayoutRunId,
  PayoutSkipRecord,
  PayoutState,
} from './payout.entity.js';
import { coverOf, signedFen } from './payout.rules.js';

/** Rows of one statement: small enough for the smallest max_allowed_packet (1 MB). */
const ROWS_PER_INSERT = 2_000;

/** What of a payout decides what may be done with it. */
export interface PayoutRow {
  readonly id: PayoutId;
  readonly payeeKind: PaidKind;
  readonly payeeId: string;
  readonly accountId: string;
  readonly method: PayoutMethod;
  readonly amountFen: Fen;
  readonly state: PayoutState;
  readonly batchId: string | null;
  readonly lineNo: number | null;
  readonly sentAt: Date | null;
  readonly tries: number;
  readonly keyNo: number;
  readonly providerRef: string | null;
  readonly keyTriedAt: Date | null;
  readonly nextCheckAt: Date | null;
}

const SELECT_PAYOUTS = `SELECT id, payee_kind AS payeeKind, payee_id AS payeeId, account_id AS accountId, method, amount_fen AS amount,
  state, batch_id AS batchId, line_no AS lineNo, sent_at AS sentAt, tries, key_no AS keyNo, provider_ref AS providerRef,
  key_tried_at AS keyTriedAt, next_check_at AS nextCheckAt FROM payout`;

export interface PayoutWithItems extends Pick<
  Payout,
  'id' | 'runId' | 'payeeKind' | 'payeeId' | 'accountId' | 'method' | 'amountFen' | 'plannedAt'
> {
  readonly items: readonly Movement[];
}

/** How a run stands, for whoever plans it. */
export type RunRow = Pick<
  PayoutRunRecord,
  'id' | 'day' | 'coversBefore' | 'state' | 'fencing' | 'reachedCode'
>;

@Injectable()
export class PayoutRepository {
  /** False where the day has a run already. */
  async insertRun(tx: Tx, run: PayoutRunRecord): Promise<boolean> {
    try {
      await tx.insert('payout_run', [{ ...run }]);
      return true;
    } catch (error) {
      // Somebody else has begun this day's run; theirs is the one.
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  async runOfDay(tx: Tx, day: string): Promise<PayoutRunId | null> {
    const [row] = await tx.query<{ id: PayoutRunId }>('SELECT id FROM payout_run WHERE day = ?', [day]);
    return row?.id ?? null;
  }

  /** The oldest run that is not planned out and that nobody holds; taking it raises its number, so that a former holder is refused. */
  async leaseRun(tx: Tx, now: Date, until: Date): Promise<RunRow | null> {
    const [run] = await tx.query<RunRow>(
      `SELECT id, day, covers_before AS coversBefore, state, fencing, reached_code AS reachedCode FROM payout_run
       WHERE state = 'PLANNING' AND (leased_until IS NULL OR leased_until <= ?) ORDER BY day LIMIT 1 FOR UPDATE`,
      [now],
    );
    if (!run) return null;
    await tx.write('UPDATE payout_run SET fencing = fencing + 1, leased_until = ? WHERE id = ?', [
      until,
      run.id,
    ]);
    return { ...run, fencing: run.fencing + 1 };
  }

  /** Locks the run for whoever holds its latest number; null for everybody else. */
  async holdRun(tx: Tx, { id, fencing }: Pick<RunRow, 'id' | 'fencing'>): Promise<RunRow | null> {
    const [run] = await tx.query<RunRow>(
      `SELECT id, day, covers_before AS coversBefore, state, fencing, reached_code AS reachedCode FROM payout_run
       WHERE id = ? AND fencing = ? AND state = 'PLANNING' FOR UPDATE`,
      [id, fencing],
    );
    return run ?? null;
  }

  /** Notes how far the run has come, and lets it go. */
  async advanceRun(
    tx: Tx,
    run: Pick<RunRow, 'id'>,
    step: {
      readonly reachedCode: string;
      readonly payouts: number;
      readonly totalFen: Fen;
      readonly skips: number;
    },
  ): Promise<void> {
    await tx.write(
      `UPDATE payout_run SET reached_code = ?, payout_count = payout_count + ?, total_fen = total_fen + ?,
       skip_count = skip_count + ?, leased_until = NULL WHERE id = ?`,
      [step.reachedCode, step.payouts, step.totalFen, step.skips, run.id],
    );
  }

  async finishRun(tx: Tx, run: Pick<RunRow, 'id'>, at: Date): Promise<void> {
    await tx.write(
      "UPDATE payout_run SET state = 'PLANNED', planned_at = ?, leased_until = NULL WHERE id = ?",
      [at, run.id],
    );
  }

  async moveCursors(tx: Tx, cursors: readonly (readonly [string, string])[]): Promise<void> {
    if (cursors.length === 0) return;
    await tx.write(
      `INSERT INTO payout_cursor (payee_id, journal_id) VALUES ? ON DUPLICATE KEY UPDATE journal_id = VALUES(journal_id)`,
      [cursors],
    );
  }

  async insertPayouts(tx: Tx, payouts: readonly PayoutWithItems[]): Promise<void> {
    await tx.insert(
      'payout',
      payouts.map(({ id, runId, payeeKind, payeeId, accountId, method, amountFen, plannedAt }) => ({
        id,
        runId,
        payeeKind,
        payeeId,
        accountId,
        method,
        amountFen,
        plannedAt,
        state: 'PLANNED',
      })),
    );
    const rows = payouts.flatMap(({ id, payeeId, items }) =>
      items.map((item) => ({
        payoutId: id,
        journalId: item.journalId,
        lineNo: item.lineNo,
        side: item.side,
        payeeId,
        covers: coverOf(item),
        kind: item.kind,
        subject: item.subject,
        amountFen: signedFen(item),
        effectiveAt: item.effectiveAt,
      })),
    );
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
      await tx.insert('payout_item', rows.slice(from, from + ROWS_PER_INSERT));
    }
  }

  async insertSkips(tx: Tx, skips: readonly PayoutSkipRecord[]): Promise<void> {
    await tx.insert(
      'payout_skip',
      skips.map((skip) => ({ ...skip })),
    );
  }

  async lock(tx: Tx, id: string): Promise<PayoutRow | null> {
    const [payout] = await this.lockWhere(tx, 'id = ?', [id]);
    return payout ?? null;
  }

  /** In the order of its lines. */
  lockOfBatch(tx: Tx, batchId: string): Promise<PayoutRow[]> {
    return this.lockWhere(tx, 'batch_id = ?', [batchId]);
  }

  /** Waiting for a batch, of runs that are planned out, with an account that money may go to now; in the order of ids. */
  async lockToBatch(tx: Tx, method: PayoutMethod, limit: number): Promise<PayoutRow[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT p.id FROM payout p JOIN payout_run r ON r.id = p.run_id AND r.state = 'PLANNED'
       JOIN payee_account a ON a.id = p.account_id AND a.state = 'VERIFIED'
       WHERE p.state = 'PLANNED' AND p.method = ? ORDER BY p.id LIMIT ?`,
      [method, limit],
    );
    return this.lockPlanned(tx, rows);
  }

  /** Waiting for a batch, and never to come into one: the account was replaced or blocked after the run. In the order of ids. */
  async lockStranded(tx: Tx, limit: number): Promise<PayoutRow[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT p.id FROM payout p JOIN payee_account a ON a.id = p.account_id AND a.state IN ('REPLACED', 'BLOCKED')
       WHERE p.state = 'PLANNED' ORDER BY p.id LIMIT ?`,
      [limit],
    );
    return this.lockPlanned(tx, rows);
  }

  async putIntoBatch(tx: Tx, payouts: readonly Pick<PayoutRow, 'id'>[], batchId: string): Promise<void> {
    const branches = payouts.map(() => 'WHEN ? THEN ?').join(' ');
    await tx.write(
      `UPDATE payout SET state = 'BATCHED', batch_id = ?, line_no = CASE id ${branches} END WHERE id IN (?)`,
      [batchId, ...payouts.flatMap(({ id }, index) => [id, index + 1]), payouts.map(({ id }) => id)],
    );
  }

  /** Of a batch that is void: they wait for another, under the same ids. */
  async takeOutOfBatch(tx: Tx, batchId: string): Promise<void> {
    await tx.write(
      `UPDATE payout SET state = 'PLANNED', batch_id = NULL, line_no = NULL, sent_at = NULL, resolve_by = NULL WHERE batch_id = ?`,
      [batchId],
    );
  }

  /** With the file, or before the provider is asked for the first time. */
  async markSent(
    tx: Tx,
    batchId: string,
    sentAt: Date,
    resolveBy: string,
    nextCheckAt: Date | null,
  ): Promise<void> {
    await tx.write(
      "UPDATE payout SET state = 'SENT', sent_at = ?, resolve_by = ?, next_check_at = ? WHERE batch_id = ? AND state = 'BATCHED'",
      [sentAt, resolveBy, nextCheckAt, batchId],
    );
  }

  async markPaid(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
    if (ids.length === 0) return;
    await tx.write(
      "UPDATE payout SET state = 'PAID', settled_at = ?, next_check_at = NULL, failure_code = NULL, failure_note = NULL WHERE id IN (?)",
      [at, ids],
    );
  }

  async markReturned(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
    if (ids.length === 0) return;
    await tx.write("UPDATE payout SET state = 'RETURNED', returned_at = ? WHERE id IN (?)", [at, ids]);
  }

  /** The money is the payee's again, so what they covered may be covered anew; the payee is read from the beginning once. */
  async setFree(
    tx: Tx,
    payouts: readonly Pick<PayoutRow, 'id' | 'payeeId'>[],
    state: 'REJECTED' | 'CANCELLED',
    at: Date,
  ): Promise<void> {
    if (payouts.length === 0) return;
    const ids = payouts.map(({ id }) => id);
    await tx.write('UPDATE payout SET state = ?, settled_at = ?, next_check_at = NULL WHERE id IN (?)', [
      state,
      at,
      ids,
    ]);
    await tx.write('UPDATE payout_item SET covers = NULL WHERE payout_id IN (?)', [ids]);
    await tx.write('DELETE FROM payout_cursor WHERE payee_id IN (?)', [
      payouts.map(({ payeeId }) => payeeId),
    ]);
  }

  /** What the other side calls it and says of it; nothing said leaves what was said before. */
  async note(
    tx: Tx,
    notes: readonly {
      readonly id: string;
      readonly ref: string | null;
      readonly code: string | null;
      readonly note: string | null;
    }[],
  ): Promise<void> {
    if (notes.length === 0) return;
    const branches = notes.map(() => 'WHEN ? THEN ?').join(' ');
    const values = (of: (note: (typeof notes)[number]) => string | null) =>
      notes.flatMap((note) => [note.id, of(note)]);
    await tx.write(
      `UPDATE payout SET provider_ref = COALESCE(CASE id ${branches} END, provider_ref), failure_code = CASE id ${branches} END,
       failure_note = CASE id ${branches} END WHERE id IN (?)`,
      [
        ...values(({ ref }) => ref),
        ...values(({ code }) => code),
        ...values(({ note }) => note),
        notes.map(({ id }) => id),
      ],
    );
  }

  /** Transfers whose time to be asked about has come. */
  async dueToCheck(tx: Tx, now: Date, limit: number): Promise<PayoutId[]> {
    const rows = await tx.query<{ id: PayoutId }>(
      "SELECT id FROM payout WHERE next_check_at <= ? AND state = 'SENT' ORDER BY next_check_at, id LIMIT ?",
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Claims a transfer for one try, until then. False where another process was faster, or it is not open any more. */
  async claimTry(tx: Tx, id: PayoutId, now: Date, until: Date): Promise<boolean> {
    const matched = await tx.write(
      `UPDATE payout SET tries = tries + 1, key_tried_at = COALESCE(key_tried_at, ?), next_check_at = ?
       WHERE id = ? AND state = 'SENT' AND next_check_at <= ?`,
      [now, until, id, now],
    );
    return matched === 1;
  }

  /** Null: not by the clockwork any more. */
  async checkAgainAt(tx: Tx, id: PayoutId, at: Date | null): Promise<void> {
    await tx.write("UPDATE payout SET next_check_at = ? WHERE id = ? AND state = 'SENT'", [at, id]);
  }

  /** Only after a definite refusal: the old key has done nothing and never will. */
  async takeNextKey(tx: Tx, id: PayoutId, at: Date): Promise<void> {
    await tx.write(
      "UPDATE payout SET next_check_at = ?, key_no = key_no + 1, key_tried_at = NULL WHERE id = ? AND state = 'SENT'",
      [at, id],
    );
  }

  private async lockPlanned(tx: Tx, found: readonly { readonly id: string }[]): Promise<PayoutRow[]> {
    if (found.length === 0) return [];
    const locked = await this.lockWhere(tx, 'id IN (?)', [found.map(({ id }) => id)]);
    // Looked at behind the lock: a batch may have taken some meanwhile.
    return locked.filter(({ state }) => state === 'PLANNED');
  }

  private async lockWhere(
    tx: Tx,
    where: string,
    values: readonly (string | readonly string[])[],
  ): Promise<PayoutRow[]> {
    const rows = await tx.query<Omit<PayoutRow, 'amountFen'> & { readonly amount: FenText }>(
      `${SELECT_PAYOUTS} WHERE ${where} ORDER BY id FOR UPDATE`,
      values,
    );
    return rows.map(({ amount, ...rest }) => ({ ...rest, amountFen: fen(amount) }));
  }
}
