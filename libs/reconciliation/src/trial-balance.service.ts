import { Injectable } from '@nestjs/common';
import { businessDay } from '#libs/kernel';
import { LedgerAuditReader, LedgerReader } from '#libs/ledger';
import type { Comparison, Finding, Round, Sight } from './reconciliation.rules.js';
import { findingOfAccount, findingOfDay } from './trial-balance.rules.js';

/** Accounts of one round, and the transfers that are read again for them: a busy account may fill a round by itself. */
const ACCOUNTS_MAX = 200;
const TRANSFERS_MAX = 50_000;
/** Days of one round; each is read again whole. */
const DAYS_MAX = 5;

const BEFORE_ALL_DAYS = '1970-01-01';

/** R1: debits are credits, kept balances are what the transfers make, and nobody's order of transfers has a gap. */
@Injectable()
export class TrialBalanceService implements Comparison {
  readonly name = 'TRIAL_BALANCE';

  constructor(
    private readonly ledger: LedgerReader,
    private readonly audit: LedgerAuditReader,
  ) {}

  async look({ position, coversFrom, now }: Sight): Promise<Round> {
    const [part = '', reached = ''] = position?.split(' ') ?? [];
    if (part === '') return this.wholeBooks(now);
    return part === 'account' ? this.accounts(reached, coversFrom, now) : this.days(reached);
  }

  private async wholeBooks(now: Date): Promise<Round> {
    const { differenceFen } = await this.ledger.trialBalance();
    const findings: Finding[] =
      differenceFen === 0n
        ? []
        : [
            {
              breakClass: 'AMOUNT',
              subject: 'CNY',
              expectedFen: 0n,
              actualFen: differenceFen,
              detail: { what: 'debits less credits over all accounts' },
              happenedAt: now,
            },
          ];
    return { findings, examined: 1, matched: 1 - findings.length, position: 'account ' };
  }

  private async accounts(reached: string, coversFrom: Date, now: Date): Promise<Round> {
    const page = await this.audit.lockedAccountsAfter(reached, ACCOUNTS_MAX);
    let transfers = 0;
    // At least one, however busy it is.
    const count = page.findIndex(({ version }) => (transfers += version) > TRANSFERS_MAX) + 1;
    const taken = count > 0 ? page.slice(0, count) : page;
    const faults = await this.audit.faultsOf(taken.map(({ id }) => id));
    const isLast = page.length < ACCOUNTS_MAX && taken.length === page.length;
    const findings = faults.flatMap((fault) => findingOfAccount(fault, now));
    const firstDay = coversFrom.getTime() === 0 ? BEFORE_ALL_DAYS : businessDay(coversFrom);
    return {
      findings,
      examined: taken.length,
      matched: taken.length - faults.length,
      position: isLast ? `day ${firstDay}` : `account ${taken.at(-1)?.code ?? ''}`,
    };
  }

  private async days(reached: string): Promise<Round> {
    const days = await this.audit.daysAfter(reached, DAYS_MAX);
    const findings: Finding[] = [];
    let wrong = 0;
    for (const day of days) {
      const faults = await this.audit.dayFaults(day);
      if (faults.length > 0) wrong += 1;
      findings.push(...faults.map((fault) => findingOfDay(fault)));
    }
    const last = days.at(-1);
    const isLast = last === undefined || days.length < DAYS_MAX;
    return {
      findings,
      examined: days.length,
      matched: days.length - wrong,
      position: isLast ? null : `day ${last}`,
    };
  }
}
