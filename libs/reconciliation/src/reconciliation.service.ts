import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, MINUTE_MS, plus } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import { ComparisonService } from './comparison.service.js';
import type { BreakId } from './reconciliation-break.entity.js';
import { ReconciliationBreakRepository, type Seen } from './reconciliation-break.repository.js';
import type { ReconciliationCheckName } from './reconciliation.entity.js';
import { ReconciliationRepository, type Turn } from './reconciliation.repository.js';
import { type Finding, type Round, type Settled, isOfMoney } from './reconciliation.rules.js';

/** How long a process that compares may need for one round; then another takes the turn. */
const LEASE_MS = 2 * MINUTE_MS;
/** Enough to pass over every part of a check on an idle system. */
const EMPTY_PARTS_MAX = 10;
/** After a round that could not say yet, because the provider was silent or another check has not finished. */
const AGAIN_MS = 5 * MINUTE_MS;

/**
 * Winds the checks. Each round is bounded: it reads outside any transaction, and what it found is written together with how far it came.
 * Whoever was slower than its lease writes nothing.
 */
@Injectable()
export class ReconciliationService {
  private isFresh = true;

  constructor(
    private readonly comparisons: ComparisonService,
    private readonly database: Database,
    private readonly checks: ReconciliationRepository,
    private readonly breaks: ReconciliationBreakRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** One round of whichever check is due and has waited longest; 0 where none is. Any number of processes may do so at once. */
  async work(): Promise<number> {
    await this.afterDeploy();
    const now = this.clock.now();
    const turn = await this.database.transaction((tx) => this.checks.take(tx, now, plus(now, LEASE_MS)));
    if (!turn) return 0;
    try {
      await this.keep(turn, await this.look(turn, now));
    } catch (error) {
      // One check that fails must not keep the others from their turns; it is tried again once its lease is over.
      this.log.fault(error, 'a reconciliation failed and will try again', { check: turn.name });
      const message = error instanceof Error ? error.message : String(error);
      await this.database.transaction((tx) => this.checks.fail(tx, turn, message));
    }
    return 1;
  }

  /** What others have found while they did their own work, such as whoever reads seals again. */
  async report(name: ReconciliationCheckName, findings: readonly Finding[]): Promise<void> {
    if (findings.length === 0) return;
    const at = this.clock.now();
    const opened = await this.database.transaction(async (tx) => {
      const runNo = await this.checks.lockRunNo(tx, name);
      return this.open(tx, { name, runNo, at }, findings);
    });
    this.alarm(name, opened);
  }

  /** Parts in which there is nothing to compare cost no round of their own. */
  private async look({ name, position: from, coversFrom }: Turn, now: Date): Promise<Round | null> {
    const comparison = this.comparisons.of(name);
    let position = from;
    for (let part = 1; ; part += 1) {
      const round = await comparison.look({ position, coversFrom, now });
      const isEmpty = round?.examined === 0 && round.findings.length === 0;
      if (!isEmpty || round.position === null || part === EMPTY_PARTS_MAX) return round;
      ({ position } = round);
    }
  }

  private async keep(turn: Turn, round: Round | null): Promise<void> {
    const at = this.clock.now();
    const opened = await this.database.transaction(async (tx) => {
      if (!(await this.checks.holds(tx, turn))) return [];
      if (round === null) {
        await this.checks.release(tx, turn, plus(at, AGAIN_MS));
        return [];
      }
      const { findings, examined, matched, position } = round;
      const seen = { name: turn.name, runNo: turn.runNo, at };
      const fresh = await this.open(tx, seen, findings);
      await this.settle(tx, seen, round.settled ?? []);
      await this.checks.advance(tx, turn, { examined, matched, found: findings.length }, position);
      if (position !== null) {
        await this.checks.release(tx, turn, null);
        return fresh;
      }
      await this.closeMissed(tx, seen, turn.coversFrom);
      await this.checks.finish(tx, turn, at);
      return fresh;
    });
    this.alarm(turn.name, opened);
  }

  private async open(
    tx: Tx,
    seen: Seen,
    findings: readonly Finding[],
  ): Promise<readonly (Finding & { readonly id: BreakId })[]> {
    const { opened } = await this.breaks.note(tx, seen, findings);
    if (opened.length > 0)
      await this.audit.record(
        tx,
        ...opened.map(({ id, breakClass, subject }) => ({
          actorId: null,
          act: 'reconciliation_break.opened',
          subject: id,
          detail: { check: seen.name, breakClass, about: subject },
        })),
      );
    return opened;
  }

  private async settle(tx: Tx, { name, at }: Seen, settled: readonly Settled[]): Promise<void> {
    for (const each of settled) {
      const open = await this.breaks.lockOpen(tx, name, each);
      if (!open) continue;
      const closing = {
        state: 'RESOLVED',
        reason: 'the whole amount has gone back to the buyer',
        journalId: null,
        refundId: each.refundId,
      } as const;
      await this.breaks.close(tx, open.id, closing, null, at);
      await this.audit.record(tx, {
        actorId: null,
        act: 'reconciliation_break.resolved',
        subject: open.id,
        detail: { refundId: each.refundId },
      });
    }
  }

  private async closeMissed(tx: Tx, seen: Seen, coversFrom: Date): Promise<void> {
    const closed = await this.breaks.miss(tx, seen, coversFrom);
    if (closed.length === 0) return;
    await this.audit.record(
      tx,
      ...closed.map(({ id }) => ({
        actorId: null,
        act: 'reconciliation_break.auto_closed',
        subject: id,
      })),
    );
  }

  /** A line that whoever watches the log is woken by. */
  private alarm(
    check: ReconciliationCheckName,
    opened: readonly (Finding & { readonly id: BreakId })[],
  ): void {
    for (const finding of opened) {
      const { id, breakClass, subject, expectedFen, actualFen } = finding;
      const fields = { breakId: id, check, breakClass, subject };
      if (isOfMoney(finding))
        this.log.fault(
          new Error(`${check} ${breakClass}: ${subject}, ${expectedFen ?? '–'} / ${actualFen ?? '–'} fen`),
          'a break of money is open',
          fields,
        );
      else this.log.warn(fields, 'a break is open');
    }
  }

  /** The first round of a process is the first after a deployment: the books are added up again. */
  private async afterDeploy(): Promise<void> {
    if (!this.isFresh) return;
    this.isFresh = false;
    await this.database.transaction((tx) => this.checks.makeDue(tx, 'TRIAL_BALANCE', this.clock.now()));
  }
}
