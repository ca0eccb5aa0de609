import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { SheetEffect, SheetEntry, SheetFault } from './sheet-kind.rules.js';
import type { SheetImport, SheetImportId, SheetImportState } from './sheet-import.entity.js';
import { rowOf } from './sheet-import.reader.js';
import { type RawSheetRow, SHEET_IMPORT_COLUMNS } from './sheet-import-record.rules.js';
import type { SheetImportRecord } from './sheet-import-record.rules.js';
import type { CheckedRow } from './sheet-table.rules.js';

/** Rows of one INSERT: a few hundred kilobytes. */
const INSERT_MAX = 500;

/** An entry with how often it has failed for reasons of ours. */
export interface EntryToDo extends SheetEntry {
  readonly attempts: number;
}

export interface DoneEntry {
  readonly entryNo: number;
  readonly effect: SheetEffect;
  readonly subjectId: string | null;
}

const kept = ({ column, code, message }: SheetFault) => ({ column, code, message });

@Injectable()
export class SheetImportRepository {
  async insert(tx: Tx, record: SheetImportRecord): Promise<void> {
    await tx.insert('sheet_import', [{ ...record }]);
  }

  /** Checking, confirming, stopping and working on one import follow each other by this lock. */
  async lock(tx: Tx, id: string): Promise<SheetImportRecord | null> {
    const [row] = await tx.query<SheetImportRecord>(
      `SELECT ${SHEET_IMPORT_COLUMNS} FROM sheet_import WHERE id = ? FOR UPDATE`,
      [id],
    );
    return row ?? null;
  }

  async lockSame(
    tx: Tx,
    {
      merchantId,
      kind,
      contentHash,
      reference,
    }: Pick<SheetImport, 'merchantId' | 'kind' | 'contentHash' | 'reference'>,
  ): Promise<SheetImportRecord | null> {
    const [row] = await tx.query<SheetImportRecord>(
      `SELECT ${SHEET_IMPORT_COLUMNS} FROM sheet_import
       WHERE merchant_id = ? AND kind = ? AND content_hash = ? AND reference = ? FOR UPDATE`,
      [merchantId, kind, contentHash, reference],
    );
    return row ?? null;
  }

  async openOf(tx: Tx, merchantId: string): Promise<number> {
    const rows = await tx.query(
      "SELECT 1 FROM sheet_import WHERE merchant_id = ? AND state = 'CHECKED' LIMIT 100",
      [merchantId],
    );
    return rows.length;
  }

  /** What was found of its rows now takes the place of what was found before. */
  async keep(tx: Tx, id: SheetImportId, checked: readonly CheckedRow[]): Promise<void> {
    await tx.write('DELETE FROM sheet_import_row WHERE import_id = ?', [id]);
    const rows = checked.map(({ rowNo, entryNo, cells, effect, faults }) => ({
      importId: id,
      rowNo,
      entryNo,
      cells: JSON.stringify(cells),
      state: faults.length > 0 ? 'FAULTY' : 'WAITING',
      effect,
      faults: JSON.stringify(faults.map(kept)),
    }));
    for (let at = 0; at < rows.length; at += INSERT_MAX)
      await tx.insert('sheet_import_row', rows.slice(at, at + INSERT_MAX));
  }

  async markChecked(
    tx: Tx,
    id: SheetImportId,
    {
      broughtBy,
      fileName,
      fileSha256,
      rowCount,
      at,
    }: Pick<SheetImport, 'broughtBy' | 'fileName' | 'fileSha256' | 'rowCount'> & { readonly at: Date },
  ): Promise<void> {
    await tx.write(
      `UPDATE sheet_import SET state = 'CHECKED', brought_by = ?, file_name = ?, file_sha256 = ?, row_count = ?, checked_at = ?,
         forgotten_at = NULL WHERE id = ?`,
      [broughtBy, fileName, fileSha256, rowCount, at, id],
    );
  }

  async confirm(tx: Tx, id: SheetImportId, userId: string, at: Date): Promise<void> {
    await tx.write(
      "UPDATE sheet_import SET state = 'RUNNING', confirmed_by = ?, confirmed_at = ?, finished_at = NULL WHERE id = ?",
      [userId, at, id],
    );
  }

  async setState(tx: Tx, id: SheetImportId, state: SheetImportState): Promise<void> {
    await tx.write('UPDATE sheet_import SET state = ? WHERE id = ?', [state, id]);
  }

  /** The oldest import at which nobody is; whoever takes it has it until the lease ends. Others skip it. */
  async take(tx: Tx, now: Date, leaseUntil: Date): Promise<SheetImportRecord | null> {
    const [row] = await tx.query<SheetImportRecord>(
      `SELECT ${SHEET_IMPORT_COLUMNS} FROM sheet_import
       WHERE state = 'RUNNING' AND (lease_until IS NULL OR lease_until < ?) ORDER BY confirmed_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [now],
    );
    if (!row) return null;
    await tx.write('UPDATE sheet_import SET lease_until = ? WHERE id = ?', [leaseUntil, row.id]);
    return row;
  }

  /** The next entries, whole. */
  async toDo(tx: Tx, id: SheetImportId, limit: number): Promise<EntryToDo[]> {
    const next = await tx.query<{ entryNo: number }>(
      `SELECT DISTINCT entry_no AS entryNo FROM sheet_import_row WHERE import_id = ? AND state = 'WAITING' ORDER BY entry_no LIMIT ?`,
      [id, limit],
    );
    if (next.length === 0) return [];
    const rows = await tx.query<RawSheetRow>(
      `SELECT row_no AS rowNo, entry_no AS entryNo, cells, attempts FROM sheet_import_row
       WHERE import_id = ? AND state = 'WAITING' AND entry_no IN (?) ORDER BY entry_no, row_no`,
      [id, next.map(({ entryNo }) => entryNo)],
    );
    const entries = new Map(next.map(({ entryNo }) => [entryNo, [] as RawSheetRow[]]));
    for (const row of rows) entries.get(row.entryNo)?.push(row);
    return [...entries].map(([entryNo, own]) => ({
      entryNo,
      rows: own.map(rowOf),
      attempts: Math.max(...own.map(({ attempts }) => attempts)),
    }));
  }

  /** Of one effect in one statement. */
  async markDone(tx: Tx, id: SheetImportId, done: readonly DoneEntry[]): Promise<void> {
    for (const effect of new Set(done.map((each) => each.effect))) {
      const own = done.filter((each) => each.effect === effect);
      const nos = own.map(({ entryNo }) => entryNo);
      const subjects = own.map(({ subjectId }) => subjectId ?? '');
      await tx.write(
        `UPDATE sheet_import_row SET state = 'DONE', effect = ?, faults = '[]', subject_id = NULLIF(ELT(FIELD(entry_no, ?), ?), '')
         WHERE import_id = ? AND entry_no IN (?)`,
        [effect, nos, subjects, id, nos],
      );
    }
  }

  /** Each row with what was said of it; of the others of its entry what was said of the first. */
  async markRefused(
    tx: Tx,
    id: SheetImportId,
    { entryNo, rows }: SheetEntry,
    faults: readonly SheetFault[],
  ): Promise<void> {
    for (const { rowNo } of rows) {
      const own = faults.filter((fault) => fault.rowNo === rowNo);
      await tx.write(
        "UPDATE sheet_import_row SET state = 'REFUSED', faults = ? WHERE import_id = ? AND entry_no = ? AND row_no = ?",
        [JSON.stringify((own.length > 0 ? own : faults.slice(0, 1)).map(kept)), id, entryNo, rowNo],
      );
    }
  }

  async countAttempt(tx: Tx, id: SheetImportId, entryNo: number): Promise<void> {
    await tx.write(
      'UPDATE sheet_import_row SET attempts = attempts + 1 WHERE import_id = ? AND entry_no = ?',
      [id, entryNo],
    );
  }

  async isLeft(tx: Tx, id: SheetImportId): Promise<boolean> {
    const rows = await tx.query(
      "SELECT 1 FROM sheet_import_row WHERE import_id = ? AND state = 'WAITING' LIMIT 1",
      [id],
    );
    return rows.length > 0;
  }

  async faultyRows(tx: Tx, id: SheetImportId): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      "SELECT COUNT(*) AS n FROM sheet_import_row WHERE import_id = ? AND state = 'FAULTY'",
      [id],
    );
    return Number(row?.n);
  }

  /** The lease ends with the batch. */
  async release(tx: Tx, id: SheetImportId, finishedAt: Date | null): Promise<void> {
    await tx.write(
      "UPDATE sheet_import SET lease_until = NULL, finished_at = ?, state = IF(? IS NULL, state, 'DONE') WHERE id = ?",
      [finishedAt, finishedAt, id],
    );
  }

  /** Imports at rest that nobody has looked after for long. */
  async lockOld(tx: Tx, before: Date, limit: number): Promise<Pick<SheetImport, 'id' | 'fileSha256'>[]> {
    return tx.query(
      `SELECT id, file_sha256 AS fileSha256 FROM sheet_import WHERE forgotten_at IS NULL AND checked_at < ? AND state <> 'RUNNING'
         AND (confirmed_at IS NULL OR confirmed_at < ?) AND (finished_at IS NULL OR finished_at < ?)
       ORDER BY checked_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [before, before, before, limit],
    );
  }

  /** What was written goes; how many rows there were and what became of them stays. What was never finished is thrown away. */
  async forget(tx: Tx, id: SheetImportId, at: Date): Promise<void> {
    await tx.write("UPDATE sheet_import_row SET cells = '{}', faults = '[]' WHERE import_id = ?", [id]);
    await tx.write(
      `UPDATE sheet_import SET forgotten_at = ?, file_sha256 = NULL, state = IF(state IN ('CHECKED', 'STOPPED'), 'DISCARDED', state)
       WHERE id = ?`,
      [at, id],
    );
  }
}
