import type { LedgerAuditReader } from '#libs/ledger';

/** Enough days for any spec; a page, so that none of them is asked for alone. */
const DAYS_PER_PAGE = 500;

/** Accounts whose balance of some day does not follow from the day before and the day's transfers, over the whole history. */
export async function dayFaultsOf(audit: LedgerAuditReader): Promise<string[]> {
  const faults: string[] = [];
  let days = await audit.daysAfter('1970-01-01', DAYS_PER_PAGE);
  while (days.length > 0) {
    for (const day of days) faults.push(...(await audit.dayFaults(day)).map(({ code }) => code));
    days = await audit.daysAfter(days.at(-1) ?? '', DAYS_PER_PAGE);
  }
  return faults;
}
