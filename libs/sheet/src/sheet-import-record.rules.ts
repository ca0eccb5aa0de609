import type { SheetCells, SheetEffect, SheetFault, SheetRow } from './sheet-kind.rules.js';
import type { SheetImport, SheetRowState } from './sheet-import.entity.js';

/** An import as plain values. */
export type SheetImportRecord = Pick<SheetImport, keyof SheetImport>;

export const SHEET_IMPORT_COLUMNS = `id, merchant_id AS merchantId, kind, reference, content_hash AS contentHash, file_name AS fileName,
  file_sha256 AS fileSha256, state, row_count AS rowCount, brought_by AS broughtBy, confirmed_by AS confirmedBy, created_at AS createdAt,
  checked_at AS checkedAt, confirmed_at AS confirmedAt, finished_at AS finishedAt, lease_until AS leaseUntil, forgotten_at AS forgottenAt`;

export interface RawSheetRow {
  readonly rowNo: number;
  readonly entryNo: number;
  readonly cells: SheetCells | string;
  readonly attempts: number;
}

/** A row with what is wrong with it, or what became of it. */
export interface SheetRowView extends SheetRow {
  readonly state: SheetRowState;
  readonly effect: SheetEffect;
  readonly faults: readonly SheetFault[];
  readonly subjectId: string | null;
}

export type RawSheetRowView = Omit<SheetRowView, 'cells' | 'faults'> & {
  readonly cells: SheetCells | string;
  readonly faults: readonly Omit<SheetFault, 'rowNo'>[] | string;
};
