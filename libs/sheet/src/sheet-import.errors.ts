import { DomainError } from '#libs/kernel';
import type { SheetImportState } from './sheet-import.entity.js';

/** Nothing of the table can be done. */
export class SheetImportFaultyError extends DomainError {
  readonly code = 'SHEET_IMPORT_FAULTY';
  readonly message;

  constructor(readonly faultyRowCount: number) {
    super();
    this.message = {
      zh: `表格中 ${faultyRowCount} 行有误，没有可以导入的行，请改正后重新上传`,
      en: `${faultyRowCount} rows of the table are faulty and none can be done; mend them and bring it again.`,
    };
  }
}

const STATES_ZH: Readonly<Record<SheetImportState, string>> = {
  CHECKED: '尚未确认',
  RUNNING: '正在导入',
  STOPPED: '已暂停',
  DONE: '已导入完',
  DISCARDED: '已放弃',
};

/** That cannot be done with it as it stands. */
export class SheetImportStateError extends DomainError {
  readonly code = 'SHEET_IMPORT_STATE';
  readonly message;

  constructor(readonly importState: SheetImportState) {
    super();
    this.message = {
      zh: `该次导入${STATES_ZH[importState]}，不能进行此操作`,
      en: `The import is ${importState.toLowerCase()}; this cannot be done with it.`,
    };
  }
}
