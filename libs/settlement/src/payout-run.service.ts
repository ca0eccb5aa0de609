import { Injectable } from '@nestjs/common';
import { MerchantReader } from '#libs/merchant';
import { CalendarReader } from '#libs/division';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type Fen,
  type IdOf,
  MINUTE_MS,
  businessDay,
  newId,
  plus,
  present,
  sumFen,
} from '#libs/kernel';
import {
  type AccountCode,
  AccountMovementReader,
  LedgerService,
  type Movement,
  aDayBefore,
  posted,
} from '#libs/ledger';
import { Database, type Tx } from '#platform/database';
import { PayeeAccountReader, type PayeeAccountRow } from './payee-account.reader.js';
import type { Payee } from './payee-account.rules.js';
import type { PayoutRunId, PayoutRunOrigin, PayoutSkipRecord } from './payout.entity.js';
import { PayoutCoverReader } from './payout-cover.reader.js';
import { NotAWorkingDayError } from './payout.errors.js';
import { PayoutFileGateway, PayoutTransferGateway } from './payout.gateway.js';
import { PayoutPolicyReader } from './payout-policy.reader.js';
import { PayoutRepository, type PayoutWithItems, type RunRow } from './payout.repository.js';
import {
  amountOf,
  availableAccount,
  coversBefore,
  isRunDue,
  nextRunDay,
  payeeOfAccount,
  payoutJournal,
  ripe,
  skipReason,
} from './payout.rules.js';

/** Payees of one transaction: few enough that a crash loses little, enough that a round pays for itself. */
const PAYEES_PER_STEP = 20;
/** Far longer than a step takes; past that its holder is taken for dead. */
const LEASE_MS = 5 * MINUTE_MS;

/** What one payee's account comes to. */
interface Claim {
  readonly payee: Payee;
  readonly open: readonly Movement[];
  readonly items: readonly Movement[];
  readonly amountFen: Fen;
}

/**
 * A run gives every payee whose money is ripe one payout, step by step. Whatever dies, the next step goes on behind the last account
 * that was looked at; whoever had the run before writes nothing any more.
 */
@Injectable()
export class PayoutRunService {
  constructor(
    private readonly database: Database,
    private readonly payouts: PayoutRepository,
    private readonly policies: PayoutPolicyReader,
    private readonly accounts: PayeeAccountReader,
    private readonly movements: AccountMovementReader,
    private readonly covers: PayoutCoverReader,
    private readonly merchants: MerchantReader,
    private readonly ledger: LedgerService,
    private readonly bankFiles: PayoutFileGateway,
    private readonly transfers: PayoutTransferGateway,
    private readonly calendars: CalendarReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** By hand, on a working day and at any hour: it takes what the day's run would have taken. The day's run, if there is one. */
  async start(userId: IdOf<'usr'>): Promise<PayoutRunId | NotAWorkingDayError> {
    const now = this.clock.now();
    const today = businessDay(now);
    const next = nextRunDay(await this.calendars.workingCalendar(), now);
    return this.database.transaction(async (tx) => {
      const running = await this.payouts.runOfDay(tx, today);
      if (running) return running;
      if (next !== today && !isRunDue(await this.calendars.workingCalendar(tx), now))
        return new NotAWorkingDayError(today, next);
      const runId = await this.open(tx, 'HAND', userId);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'payout_run.started',
        subject: runId,
        detail: { day: today },
      });
      return runId;
    });
  }

  /** One step of the clockwork: begins the day's run at its time, or takes the next payees of a run that is under way. */
  async work(): Promise<number> {
    const now = this.clock.now();
    if (isRunDue(await this.calendars.workingCalendar(), now)) await this.openIfNew(businessDay(now));
    const run = await this.database.transaction((tx) => this.payouts.leaseRun(tx, now, plus(now, LEASE_MS)));
    return run ? this.step(run) : 0;
  }

  /** The next payees of a run, for whoever holds its lease; 0 for a lease that has passed to another. */
  step(lease: Pick<RunRow, 'id' | 'fencing'>): Promise<number> {
    return this.database.transaction(async (tx) => {
      const run = await this.payouts.holdRun(tx, lease);
      if (!run) return 0;
      const codes = await this.movements.codesWithBalance(
        'liability:available:',
        { after: run.reachedCode, limit: PAYEES_PER_STEP },
        tx,
      );
      const last = codes.at(-1);
      if (last === undefined) {
        await this.payouts.finishRun(tx, run, this.clock.now());
        return 1;
      }
      const { planned, skips } = await this.plan(tx, run, codes);
      await this.payouts.advanceRun(tx, run, {
        reachedCode: last,
        payouts: planned.length,
        totalFen: sumFen(planned.map(({ amountFen }) => amountFen)),
        skips: skips.length,
      });
      return codes.length;
    });
  }

  private async openIfNew(day: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      if ((await this.payouts.runOfDay(tx, day)) === null) await this.open(tx, 'SCHEDULE', null);
    });
  }

  private async open(tx: Tx, origin: PayoutRunOrigin, startedBy: string | null): Promise<PayoutRunId> {
    const startedAt = this.clock.now();
    const day = businessDay(startedAt);
    const id = newId('prn');
    const isNew = await this.payouts.insertRun(tx, {
      id,
      day,
      origin,
      startedBy,
      coversBefore: coversBefore(day),
      state: 'PLANNING',
      fencing: 0,
      leasedUntil: null,
      reachedCode: '',
      payoutCount: 0,
      totalFen: 0n,
      skipCount: 0,
      startedAt,
      plannedAt: null,
    });
    return isNew ? id : present(await this.payouts.runOfDay(tx, day), 'the run that was begun meanwhile');
  }

  private async plan(
    tx: Tx,
    run: RunRow,
    codes: readonly AccountCode[],
  ): Promise<{ planned: PayoutWithItems[]; skips: PayoutSkipRecord[] }> {
    // Locked before anything is read: a refund that takes from an account comes before or after, not in between.
    const free = await this.ledger.lockFree(tx, codes);
    const claims = (await this.claims(tx, run, codes)).filter(({ amountFen }) => amountFen > 0n);
    const accounts = new Map(
      (
        await this.accounts.currentOf(
          claims.map(({ payee }) => payee.id),
          tx,
        )
      ).map((account) => [account.payeeId, account]),
    );
    // Nothing of theirs is carried over to a later day: there may be none.
    const closing = await this.merchants.closingOf(
      claims.map(({ payee }) => payee.id),
      tx,
    );
    // Of the run's own day, however late it is finished.
    const policy = await this.policies.on(run.day, tx);
    const skips: PayoutSkipRecord[] = [];
    const planned: PayoutWithItems[] = [];
    for (const claim of claims) {
      const { payee, amountFen } = claim;
      const account = accounts.get(payee.id) ?? null;
      const { amountMaxFen } = (account?.method === 'STRIPE' ? this.transfers : this.bankFiles).capabilities;
      const bounds = {
        minimumFen: closing.has(payee.id) ? 1n : policy.of(`MINIMUM_${payee.kind}`),
        maximumFen: amountMaxFen,
        // Frozen, or set aside for something else: nothing of that may leave.
        freeFen: free.get(availableAccount(payee)) ?? null,
      };
      const reason = skipReason(amountFen, bounds, account?.state ?? null);
      if (reason) {
        skips.push({ runId: run.id, payeeId: payee.id, payeeKind: payee.kind, reason, amountFen });
        continue;
      }
      planned.push(this.payoutOf(run, claim, present(account, 'the account that money may go to')));
    }
    await this.write(tx, planned, skips);
    await this.moveCursors(tx, claims, planned);
    return { planned, skips };
  }

  private async claims(tx: Tx, run: RunRow, codes: readonly AccountCode[]): Promise<Claim[]> {
    const payees = codes.map(payeeOfAccount).filter((payee) => payee !== null);
    const all = await this.covers.openOf(payees, tx);
    return all.map(({ payee, open }) => {
      const items = ripe(open, run.coversBefore);
      return { payee, open, items, amountFen: amountOf(items) };
    });
  }

  private payoutOf(
    run: RunRow,
    { payee, items, amountFen }: Claim,
    account: PayeeAccountRow,
  ): PayoutWithItems {
    return {
      id: newId('pyo'),
      runId: run.id,
      payeeKind: payee.kind,
      payeeId: payee.id,
      accountId: account.id,
      method: account.method,
      amountFen,
      plannedAt: this.clock.now(),
      items,
    };
  }

  /** The payouts and the money set aside for them, together. */
  private async write(
    tx: Tx,
    planned: readonly PayoutWithItems[],
    skips: readonly PayoutSkipRecord[],
  ): Promise<void> {
    await this.payouts.insertSkips(tx, skips);
    if (planned.length === 0) return;
    await this.payouts.insertPayouts(tx, planned);
    const drafts = planned.map(({ id, payeeKind, payeeId, method, amountFen, plannedAt }) => ({
      ...payoutJournal({ id, payee: { kind: payeeKind, id: payeeId }, method, amountFen }, plannedAt),
      expiresAt: null,
    }));
    posted(await this.ledger.reserve(tx, drafts));
  }

  /** To the first transfer that no payout covers; if all are covered, to the last one that was seen. */
  private async moveCursors(
    tx: Tx,
    claims: readonly Claim[],
    planned: readonly PayoutWithItems[],
  ): Promise<void> {
    const paid = new Map(planned.map(({ payeeId, items }) => [payeeId, new Set(items)]));
    const cursors = claims.flatMap(({ payee, open }) => {
      const left = open.filter((movement) => paid.get(payee.id)?.has(movement) !== true);
      const ids = (left.length > 0 ? left : open).map(({ journalId }) => journalId).toSorted();
      const id = left.length > 0 ? ids[0] : ids.at(-1);
      return id === undefined ? [] : [[payee.id, aDayBefore(id)] as const];
    });
    await this.payouts.moveCursors(tx, cursors);
  }
}
