import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type Tx, jsonOf } from '#platform/database';
import type { SheetEffect, SheetKind, SheetReach, SheetRow } from './sheet-kind.rules.js';
import type { SheetImportId, SheetRowState } from './sheet-import.entity.js';
import {
  type RawSheetRow,
  type RawSheetRowView,
  SHEET_IMPORT_COLUMNS,
  type SheetImportRecord,
  type SheetRowView,
} from './sheet-import-record.rules.js';

/** How many rows stand where, and do what. */
export interface SheetProgress {
  readonly importId: string;
  readonly state: SheetRowState;
  readonly effect: SheetEffect;
  readonly rows: number;
}

export const SHEET_KEY_PARTS = 1;

/** Rows of one reading of a file that is written. */
const ROWS_AT_ONCE = 500;

const ROW =
  'SELECT row_no AS rowNo, cells, state, effect, faults, subject_id AS subjectId FROM sheet_import_row';
const FAILED = "state IN ('FAULTY', 'REFUSED')";

/** Imports as those see them who may do by hand what they do. */
@Injectable()
export class SheetImportReader {
  constructor(private readonly database: Database) {}

  /** Null for imports of others, as if they did not exist. */
  async byIdFor(id: string, reach: SheetReach): Promise<SheetImportRecord | null> {
    const [row] = await this.database.query<SheetImportRecord>(
      `SELECT ${SHEET_IMPORT_COLUMNS} FROM sheet_import WHERE id = ?`,
      [id],
    );
    return row && reach[row.kind].includes(row.merchantId) ? row : null;
  }

  /** The latest first. The caller has asked whose they are. */
  async page(
    merchantId: string,
    kinds: readonly SheetKind[],
    { first, after }: PageRequest,
  ): Promise<Page<SheetImportRecord>> {
    const rows = await this.database.query<SheetImportRecord>(
      `SELECT ${SHEET_IMPORT_COLUMNS} FROM sheet_import WHERE merchant_id = ? AND kind IN (?) AND id < ? ORDER BY id DESC LIMIT ?`,
      [merchantId, kinds, after?.[0] ?? 'shi_~', first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** The one under which this table was brought before; null where it was not. Unlocked: a guess. */
  async sameAs({
    merchantId,
    kind,
    contentHash,
    reference,
  }: Pick<
    SheetImportRecord,
    'merchantId' | 'kind' | 'contentHash' | 'reference'
  >): Promise<SheetImportRecord | null> {
    const [row] = await this.database.query<SheetImportRecord>(
      `SELECT ${SHEET_IMPORT_COLUMNS} FROM sheet_import WHERE merchant_id = ? AND kind = ? AND content_hash = ? AND reference = ?`,
      [merchantId, kind, contentHash, reference],
    );
    return row ?? null;
  }

  async rows(
    importId: SheetImportId,
    isFailedOnly: boolean,
    { first, after }: PageRequest,
  ): Promise<Page<SheetRowView>> {
    const rows = await this.database.query<RawSheetRowView>(
      `${ROW} WHERE import_id = ? AND row_no > ?${isFailedOnly ? ` AND ${FAILED}` : ''} ORDER BY row_no LIMIT ?`,
      [importId, Number(after?.[0] ?? 0), first + 1],
    );
    return pageOf(rows.map(viewOf), first, ({ rowNo }) => [String(rowNo)]);
  }

  /** Those that were left out or refused, one after the other, some at once. */
  async *failed(importId: SheetImportId): AsyncGenerator<SheetRowView> {
    let after = 0;
    for (;;) {
      const rows = await this.database.query<RawSheetRowView>(
        `${ROW} WHERE import_id = ? AND row_no > ? AND ${FAILED} ORDER BY row_no LIMIT ?`,
        [importId, after, ROWS_AT_ONCE],
      );
      for (const row of rows) yield viewOf(row);
      const last = rows.at(-1);
      if (!last || rows.length < ROWS_AT_ONCE) return;
      after = last.rowNo;
    }
  }

  /** As they were written, for whoever looks at them again. */
  async written(importId: string, on: Pick<Tx, 'query'> = this.database): Promise<SheetRow[]> {
    const rows = await on.query<RawSheetRow>(
      'SELECT row_no AS rowNo, cells FROM sheet_import_row WHERE import_id = ? ORDER BY row_no',
      [importId],
    );
    return rows.map(rowOf);
  }

  /** Of several imports in one statement. */
  async progressOf(importIds: readonly string[]): Promise<SheetProgress[]> {
    if (importIds.length === 0) return [];
    const rows = await this.database.query<Omit<SheetProgress, 'rows'> & { readonly n: string }>(
      `SELECT import_id AS importId, state, effect, COUNT(*) AS n FROM sheet_import_row WHERE import_id IN (?)
       GROUP BY import_id, state, effect`,
      [importIds],
    );
    return rows.map(({ n, ...row }) => ({ ...row, rows: Number(n) }));
  }
}

export function rowOf({ rowNo, cells }: Pick<RawSheetRow, 'rowNo' | 'cells'>): SheetRow {
  return { rowNo, cells: jsonOf(cells) };
}

function viewOf({ cells, faults, ...row }: RawSheetRowView): SheetRowView {
  const said = jsonOf(faults);
  return { ...row, cells: jsonOf(cells), faults: said.map((fault) => ({ rowNo: row.rowNo, ...fault })) };
}
