import type { AccountFault, DayFault } from '#libs/ledger';
import type { Finding } from './reconciliation.rules.js';

/** H5: names the account and the version. Altered figures and a broken order are two breaks: they are mended differently. */
export function findingOfAccount(fault: AccountFault, now: Date): Finding[] {
  const { code, version, brokenVersion, keptFen, madeFen, keptPendingFen, madePendingFen } = fault;
  const findings: Finding[] = [];
  const about = { subject: code, happenedAt: now };
  if (brokenVersion !== null)
    findings.push({
      ...about,
      breakClass: 'ALTERED',
      expectedFen: null,
      actualFen: null,
      detail: { account: code, version: String(version), firstBrokenVersion: String(brokenVersion) },
    });
  // Where only both sides have grown alike the balance is right and the sums are not.
  if (keptFen !== madeFen || brokenVersion === null)
    findings.push({
      ...about,
      breakClass: 'AMOUNT',
      expectedFen: madeFen,
      actualFen: keptFen,
      detail: {
        account: code,
        version: String(version),
        pendingMadeFen: String(madePendingFen),
        pendingKeptFen: String(keptPendingFen),
      },
    });
  return findings;
}

export function findingOfDay({ code, day, keptFen, madeFen }: DayFault): Finding {
  return {
    breakClass: 'AMOUNT',
    subject: `${day} ${code}`,
    expectedFen: madeFen,
    actualFen: keptFen,
    detail: { account: code, day, what: 'what the day has changed' },
    happenedAt: new Date(`${day}T12:00:00+08:00`),
  };
}
