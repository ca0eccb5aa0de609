import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import {
  Clock,
  HOUR_MS,
  type IdOf,
  InvalidInputError,
  MINUTE_MS,
  NotFound,
  newId,
  plus,
  present,
} from '#libs/kernel';
import { AccountMovementReader } from '#libs/ledger';
import { payeeOf } from '#libs/settlement';
import { Database, RetryTransaction, type Tx } from '#platform/database';
import { StatementCollectService } from './statement-collect.service.js';
import { StatementDocumentService } from './statement-document.service.js';
import { StatementPrintService } from './statement-print.service.js';
import { StatementRunService } from './statement-run.service.js';
import type { StatementFormat, StatementId } from './statement.entity.js';
import { StatementNotIssuedError, StatementPeriodError } from './statement.errors.js';
import { StatementReader, type StatementRow } from './statement.reader.js';
import { type ClaimedRevision, StatementRepository } from './statement.repository.js';
import {
  type Period,
  REASON_MAX,
  REASON_MIN,
  accountsOf,
  codesOf,
  faultOfPeriod,
  kindOfPeriod,
  numberOf,
  wholeMonth,
} from './statement.rules.js';

/** Far longer than a statement takes; past that whoever made it is taken for dead. */
const LEASE_MS = 15 * MINUTE_MS;
/** A month waits for the one before it. */
const AGAIN_MS = MINUTE_MS;
/** What the books and a statement do not agree on, somebody has to look at. */
const REFUSED_AGAIN_MS = HOUR_MS;

export interface StatementWish extends Period {
  readonly payeeId: string;
}

export interface ReissueWish {
  readonly statementId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** Asks for statements, and makes what was asked for: figures first, then the files, and at last the word that it is issued. */
@Injectable()
export class StatementIssueService {
  constructor(
    private readonly database: Database,
    private readonly statements: StatementRepository,
    private readonly reader: StatementReader,
    private readonly collector: StatementCollectService,
    private readonly documents: StatementDocumentService,
    private readonly printer: StatementPrintService,
    private readonly runs: StatementRunService,
    private readonly movements: AccountMovementReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** One edition that is due; 0 when none is. Any number of workers may do so at once: each takes another. */
  async work(): Promise<number> {
    const now = this.clock.now();
    const revision = await this.database.transaction((tx) =>
      this.statements.claim(tx, now, plus(now, LEASE_MS)),
    );
    if (!revision) return 0;
    await this.make(revision);
    return 1;
  }

  /** Of these days; the one that is there, if there is one. Whole months that come next are links of the chain. */
  async issue(
    userId: IdOf<'usr'>,
    { payeeId, fromOn, toOn }: StatementWish,
  ): Promise<StatementId | StatementPeriodError | InvalidInputError> {
    const payee = payeeOf(payeeId);
    if (!payee) return new InvalidInputError([{ path: 'payeeId', message: NO_PAYEE }]);
    const fault = faultOfPeriod({ fromOn, toOn }, this.clock.now());
    if (fault) return new StatementPeriodError(fault);
    const codes = codesOf(accountsOf(payee));
    return this.database.transaction(async (tx) => {
      const known = await this.reader.byPeriod(payeeId, { fromOn, toOn }, tx);
      if (known) return known.id;
      if ((await this.movements.activityOf(codes, toOn, tx)).length === 0)
        throw new NotFound('Payee', payeeId);
      const month = wholeMonth({ fromOn, toOn });
      const lastMonth = (await this.reader.lastMonths([payeeId], tx)).get(payeeId) ?? null;
      if (month !== null && kindOfPeriod(month, lastMonth) === 'MONTHLY') {
        await this.runs.extend(tx, payee, lastMonth, month);
        const link = await this.reader.byPeriod(payeeId, { fromOn, toOn }, tx);
        if (link) return this.noted(tx, userId, link);
      }
      return this.noted(tx, userId, await this.add(tx, userId, { payeeId, fromOn, toOn }));
    });
  }

  /** Another edition, with the same figures: for a name that was wrong, or a paper that was lost. */
  async reissue(
    userId: IdOf<'usr'>,
    { statementId, reason, idempotencyKey }: ReissueWish,
  ): Promise<StatementId | StatementNotIssuedError | InvalidInputError> {
    const said = reason.trim();
    const refusal = refuseWish(said, idempotencyKey);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      if (!(await this.statements.lock(tx, statementId))) throw new NotFound('Statement', statementId);
      const statement = present(await this.reader.byId(statementId, tx), 'the statement');
      const known = await this.statements.revisionByKey(tx, statementId, idempotencyKey);
      if (known) return known.reason === said ? statement.id : KEY_USED;
      const latest = present(await this.statements.latestRevision(tx, statementId), 'an edition');
      if (latest.state !== 'ISSUED') return new StatementNotIssuedError(latest.number);
      const rev = latest.rev + 1;
      await this.addRevision(tx, statement, { rev, reason: said, requestedBy: userId, idempotencyKey });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'statement.reissued',
        subject: statementId,
        detail: { number: numberOf(statement, rev), reason: said },
      });
      return statement.id;
    });
  }

  private async noted(
    tx: Tx,
    userId: string,
    statement: Pick<StatementRow, 'id' | 'fromOn' | 'toOn'>,
  ): Promise<StatementId> {
    const { id, fromOn, toOn } = statement;
    await this.audit.record(tx, {
      actorId: userId,
      act: 'statement.requested',
      subject: id,
      detail: { fromOn, toOn },
    });
    return id;
  }

  private async add(tx: Tx, userId: string, { payeeId, fromOn, toOn }: StatementWish) {
    const { kind: payeeKind } = present(payeeOf(payeeId), 'a payee');
    const id = newId('stm');
    const statement = {
      id,
      payeeKind,
      payeeId,
      kind: 'ON_DEMAND',
      fromOn,
      toOn,
      month: null,
      requestedAt: this.clock.now(),
    } as const;
    // Somebody has asked for the same meanwhile; theirs is found the next time round.
    if (!(await this.statements.insert(tx, statement))) throw new RetryTransaction();
    await this.addRevision(tx, statement, {
      rev: 1,
      reason: null,
      requestedBy: userId,
      idempotencyKey: null,
    });
    return statement;
  }

  private addRevision(
    tx: Tx,
    statement: Omit<StatementRow, 'balances'>,
    edition: {
      readonly rev: number;
      readonly reason: string | null;
      readonly requestedBy: string;
      readonly idempotencyKey: string | null;
    },
  ): Promise<void> {
    const requestedAt = this.clock.now();
    return this.statements.insertRevision(tx, {
      statementId: statement.id,
      ...edition,
      number: numberOf(statement, edition.rev),
      state: 'ISSUING',
      requestedAt,
      nextTryAt: requestedAt,
      tries: 0,
      faultAccount: null,
      faultFen: null,
      issuedAt: null,
    });
  }

  private async make(revision: ClaimedRevision): Promise<void> {
    const { statementId, rev, number } = revision;
    const statement = present(await this.reader.byId(statementId), 'the statement');
    const outcome = await this.collector.collect(statement);
    const now = this.clock.now();
    if (outcome === 'TOO_EARLY') {
      await this.database.transaction((tx) => this.statements.postpone(tx, revision, plus(now, AGAIN_MS)));
      return;
    }
    if (outcome) {
      const again = plus(now, REFUSED_AGAIN_MS);
      await this.database.transaction((tx) => this.statements.refuse(tx, revision, outcome, again));
      return;
    }
    await this.documents.prepare(statement, revision);
    const printed = await this.printer.print(statementId, rev);
    const files = (['CSV', 'PDF'] as const).map((format: StatementFormat) => ({
      statementId,
      rev,
      format,
      name: `${number}.${format.toLowerCase()}`,
      ...(format === 'CSV' ? printed.csv : printed.pdf),
      madeAt: now,
    }));
    // False where another worker was faster; its files are the same, byte for byte.
    await this.database.transaction((tx) => this.statements.issue(tx, revision, files, now));
  }
}

const NO_PAYEE = { zh: '收款方无效', en: 'There is no such kind of payee.' };
const KEY_USED = new InvalidInputError([
  {
    path: 'idempotencyKey',
    message: { zh: '该幂等键已用于其他请求', en: 'This key has been used for something else.' },
  },
]);

function refuseWish(reason: string, idempotencyKey: string): InvalidInputError | null {
  const faults = [
    {
      path: 'reason',
      isGood: reason.length >= REASON_MIN && reason.length <= REASON_MAX,
      message: {
        zh: `须注明原因（${REASON_MIN} 到 ${REASON_MAX} 字）`,
        en: `Say why, in ${REASON_MIN} to ${REASON_MAX} letters.`,
      },
    },
    {
      path: 'idempotencyKey',
      isGood: /^[\x21-\x7e]{1,80}$/.test(idempotencyKey),
      message: { zh: '幂等键须为 1 到 80 个可见字符', en: 'The key has 1 to 80 visible characters.' },
    },
  ].filter(({ isGood }) => !isGood);
  return faults.length > 0
    ? new InvalidInputError(faults.map(({ path, message }) => ({ path, message })))
    : null;
}
