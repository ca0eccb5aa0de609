import type { MonthCloseRow } from '#libs/volume';

/** Whether the register takes nothing more of this month: what is told of it now counts in the current one. */
export function isAfterClose(close: Pick<MonthCloseRow, 'state'> | null): boolean {
  return close !== null && close.state !== 'OPEN';
}
