import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#libs/kernel';
import { type AccountActivity, AccountMovementReader } from '#libs/ledger';
import type { Payee } from '#libs/settlement';
import { Database, type Tx } from '#platform/database';
import type { StatementId } from './statement.entity.js';
import { StatementReader } from './statement.reader.js';
import { StatementRepository } from './statement.repository.js';
import {
  accountsOf,
  codesOf,
  daysOf,
  isDue,
  monthAfter,
  monthDue,
  monthOf,
  numberOf,
  payeeOfCode,
} from './statement.rules.js';

/** Accounts of one transaction: few enough that a crash loses little, enough that a round pays for itself. */
const ACCOUNTS_PER_STEP = 50;

/**
 * After a month's end, who gets a statement: every payee with movement since their last one, or with anything at the month's end. Months
 * that were missed come first, so a chain has no hole. Whatever dies, the next step goes on behind the last account that was looked at.
 */
@Injectable()
export class StatementRunService {
  constructor(
    private readonly database: Database,
    private readonly statements: StatementRepository,
    private readonly reader: StatementReader,
    private readonly movements: AccountMovementReader,
    private readonly clock: Clock,
  ) {}

  /** One step; returns how many accounts it looked at, 0 when there is nothing to do. */
  async work(): Promise<number> {
    const month = monthDue(this.clock.now());
    if (!(await this.reader.hasRun(month))) await this.open(month);
    return this.database.transaction((tx) => this.step(tx));
  }

  /** The missing links of a payee's chain up to a month: those with movement or with anything in the accounts. The ids of the new ones. */
  async extend(tx: Tx, payee: Payee, lastMonth: string | null, upTo: string): Promise<StatementId[]> {
    const codes = codesOf(accountsOf(payee));
    const firstDay = lastMonth === null ? await this.movements.firstDayOf(codes, tx) : null;
    const first = lastMonth === null ? firstDay && monthOf(firstDay) : monthAfter(lastMonth);
    const made: StatementId[] = [];
    let last = lastMonth;
    for (let month = first ?? monthAfter(upTo); month <= upTo; month = monthAfter(month)) {
      const activities = await this.movements.activityOf(codes, daysOf(month).toOn, tx);
      if (!isDue(activities, last && daysOf(last).toOn)) continue;
      made.push(await this.add(tx, payee, month));
      last = month;
    }
    return made;
  }

  private async open(month: string): Promise<void> {
    const run = {
      month,
      reachedCode: '',
      statementCount: 0,
      startedAt: this.clock.now(),
      finishedAt: null,
    };
    await this.database.transaction((tx) => this.statements.insertRun(tx, run));
  }

  private async step(tx: Tx): Promise<number> {
    const run = await this.statements.holdRun(tx);
    if (!run) return 0;
    const { toOn } = daysOf(run.month);
    // Balances of days are added up some seconds after the books; who has moved is read from them.
    if (!(await this.movements.isAddedUpTo(toOn, tx))) return 0;
    const page = { after: run.reachedCode, limit: ACCOUNTS_PER_STEP };
    const activities = await this.movements.activity(toOn, page, tx);
    const last = activities.at(-1);
    if (!last) {
      await this.statements.finishRun(tx, run.month, this.clock.now());
      return 1;
    }
    const made = await this.extendDue(tx, activities, run.month);
    await this.statements.advanceRun(tx, run.month, last.code, made);
    return activities.length;
  }

  private async extendDue(tx: Tx, activities: readonly AccountActivity[], month: string): Promise<number> {
    const payees = new Map<string, { readonly payee: Payee; readonly activities: AccountActivity[] }>();
    for (const activity of activities) {
      const payee = payeeOfCode(activity.code);
      if (!payee) continue;
      const known = payees.get(payee.id) ?? { payee, activities: [] };
      known.activities.push(activity);
      payees.set(payee.id, known);
    }
    const lastMonths = await this.reader.lastMonths([...payees.keys()], tx);
    let made = 0;
    for (const { payee, activities: own } of payees.values()) {
      const lastMonth = lastMonths.get(payee.id) ?? null;
      if (lastMonth !== null && lastMonth >= month) continue;
      if (isDue(own, lastMonth && daysOf(lastMonth).toOn))
        made += (await this.extend(tx, payee, lastMonth, month)).length;
    }
    return made;
  }

  private async add(tx: Tx, payee: Payee, month: string): Promise<StatementId> {
    const requestedAt = this.clock.now();
    const id = newId('stm');
    const statement = {
      id,
      payeeKind: payee.kind,
      payeeId: payee.id,
      kind: 'MONTHLY',
      ...daysOf(month),
      month,
      requestedAt,
    } as const;
    // False where finance has asked for the same month meanwhile; theirs is the one.
    if (!(await this.statements.insert(tx, statement))) return id;
    await this.statements.insertRevision(tx, {
      statementId: id,
      rev: 1,
      number: numberOf(statement, 1),
      state: 'ISSUING',
      reason: null,
      requestedBy: null,
      requestedAt,
      idempotencyKey: null,
      nextTryAt: requestedAt,
      tries: 0,
      faultAccount: null,
      faultFen: null,
      issuedAt: null,
    });
    return id;
  }
}
