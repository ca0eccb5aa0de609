export * from './sheet.module.js';
export { SheetDesks } from './sheet-desks.service.js';
export { SheetFileService } from './sheet-file.service.js';
export * from './sheet-import.entity.js';
export * from './sheet-import.errors.js';
export * from './sheet-import.reader.js';
export { type SheetImportRecord, type SheetRowView } from './sheet-import-record.rules.js';
export { type SheetPerson, SheetImportService } from './sheet-import.service.js';
export {
  SHEET_KINDS,
  SHEET_PERMISSIONS,
  type SheetColumn,
  type SheetEffect,
  type SheetFault,
  type SheetKind,
  type SheetReach,
} from './sheet-kind.rules.js';
export { SheetRunService } from './sheet-run.service.js';
export { LIMITS, tableFault } from './sheet-table.rules.js';
