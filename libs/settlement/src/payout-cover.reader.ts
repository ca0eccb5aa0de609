import { Injectable } from '@nestjs/common';
import { type AccountCode, AccountMovementReader, type Movement } from '#libs/ledger';
import { Database, type Tx } from '#platform/database';
import type { Payee } from './payee-account.rules.js';
import { availableAccount, uncovered } from './payout.rules.js';

export interface OpenMovements {
  readonly payee: Payee;
  readonly open: readonly Movement[];
}

/** What stands to payees' credit and in no living payout. */
@Injectable()
export class PayoutCoverReader {
  constructor(
    private readonly database: Database,
    private readonly movements: AccountMovementReader,
  ) {}

  /** One entry per payee, in their order; each transfer of the books since their cursor that no payout covers. */
  async openOf(payees: readonly Payee[], on: Pick<Tx, 'query'> = this.database): Promise<OpenMovements[]> {
    if (payees.length === 0) return [];
    const cursors = await this.cursorsOf(payees, on);
    const from = payees.map((payee) => ({
      payee,
      code: availableAccount(payee),
      journalId: cursors.get(payee.id) ?? '',
    }));
    const movements = await this.movements.movementsOf(
      from.map(({ code, journalId }) => ({ code, fromJournalId: journalId })),
      on,
    );
    const covered = await this.coveredOf(
      from.map(({ payee, journalId }) => ({ payeeId: payee.id, journalId })),
      on,
    );
    const ofCode = new Map<AccountCode, Movement[]>(from.map(({ code }) => [code, []]));
    for (const movement of uncovered(movements, covered)) ofCode.get(movement.code)?.push(movement);
    return from.map(({ payee, code }) => ({ payee, open: ofCode.get(code) ?? [] }));
  }

  private async cursorsOf(
    payees: readonly Payee[],
    on: Pick<Tx, 'query'>,
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await on.query<{ payeeId: string; journalId: string }>(
      'SELECT payee_id AS payeeId, journal_id AS journalId FROM payout_cursor WHERE payee_id IN (?)',
      [payees.map(({ id }) => id)],
    );
    return new Map(rows.map(({ payeeId, journalId }) => [payeeId, journalId]));
  }

  private async coveredOf(
    from: readonly { readonly payeeId: string; readonly journalId: string }[],
    on: Pick<Tx, 'query'>,
  ): Promise<ReadonlySet<string>> {
    const asked = from.map(() => '(payee_id = ? AND journal_id >= ?)').join(' OR ');
    const rows = await on.query<{ covers: string }>(
      `SELECT covers FROM payout_item WHERE covers IS NOT NULL AND (${asked})`,
      from.flatMap(({ payeeId, journalId }) => [payeeId, journalId]),
    );
    return new Set(rows.map(({ covers }) => covers));
  }
}
