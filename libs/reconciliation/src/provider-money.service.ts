import { Injectable } from '@nestjs/common';
import { DAY_MS, HOUR_MS, businessDay, leastIdAt, plus, present } from '#libs/kernel';
import { ClearingReader, LedgerReader } from '#libs/ledger';
import { DisputeReader, type MovementKind, ProviderBalanceService, RefundReader } from '#libs/payment';
import { BankMovementService } from '#libs/settlement';
import { Database } from '#platform/database';
import {
  type MatchedMovement,
  type MovementRow,
  type MovementSubjects,
  UNMATCHED_AFTER_MS,
  type Verdict,
  bankMovementOf,
  dayFrom,
  dueAt,
  findingOfDay,
  findingOfJournal,
  judge,
  netOf,
  placeOf,
  undoneOf,
} from './provider-money.rules.js';
import { ProviderMovementReader } from './provider-movement.reader.js';
import { ProviderMovementRepository } from './provider-movement.repository.js';
import type { Comparison, Finding, Round, Sight } from './reconciliation.rules.js';

const PROVIDER = 'asset:psp:stripe:cny';
const MOVEMENTS_MAX = 200;
const JOURNALS_MAX = 300;
/** What the provider lists late, by day and in the first run of a night. */
const OVERLAP_MS = 2 * HOUR_MS;
const NIGHTLY_OVERLAP_MS = 3 * DAY_MS;
/** How far a correction of the books may lie from the movement it stands for. */
const CORRECTION_WITHIN_MS = 7 * DAY_MS;
const CORRECTED: readonly MovementKind[] = ['BANK_PAYOUT', 'TOP_UP', 'OTHER'];
/** Days are computed again while their last movements may still be matched. */
const DAYS_OPEN = 7;
const COMPLETENESS_MS = 90 * DAY_MS;
const SKEW_MS = DAY_MS;

/** Later than everything, also by a clock that is ahead of ours. */
const FOR_EVER = new Date('9999-01-01');

const NOTHING = { findings: [], examined: 0, matched: 0 } as const;

/**
 * R4: every movement at the provider is in the books, and nothing else is; opening and movements make the closing; and day by day both
 * have changed alike. It writes what it has fetched and what belongs together, and books what only the provider can tell: money between it and our bank.
 */
@Injectable()
export class ProviderMoneyService implements Comparison {
  readonly name = 'PROVIDER_MONEY';

  constructor(
    private readonly database: Database,
    private readonly provider: ProviderBalanceService,
    private readonly reader: ProviderMovementReader,
    private readonly movements: ProviderMovementRepository,
    private readonly refunds: RefundReader,
    private readonly disputes: DisputeReader,
    private readonly clearing: ClearingReader,
    private readonly ledger: LedgerReader,
    private readonly bank: BankMovementService,
  ) {}

  async look(sight: Sight): Promise<Round | null> {
    const [part = 'fetch', ...reached] = sight.position?.split(' ') ?? [];
    switch (part) {
      case 'match':
        return this.match(reached[0] ?? '', sight.now);
      case 'book':
        return this.books(reached[0] ?? leastIdAt('jrn', plus(sight.coversFrom, -SKEW_MS)), sight.now);
      case 'balance':
        return this.balance(sight.now);
      case 'day':
        return this.day(reached[0] ?? '', sight.now);
      default:
        return this.fetch(reached, sight);
    }
  }

  /** Pages of one time, whose ends stand in the position, so that a process that takes over fetches the same. */
  private async fetch([fromMs, toMs, last]: readonly string[], sight: Sight): Promise<Round | null> {
    const from = fromMs === undefined ? await this.fetchFrom(sight) : new Date(Number(fromMs));
    const to = toMs === undefined ? sight.now : new Date(Number(toMs));
    const told = await this.provider.movements({ from, to, after: last ?? null });
    if (told === null) return null;
    await this.database.transaction((tx) => this.movements.keep(tx, told.movements));
    const end = told.hasMore ? told.movements.at(-1)?.ref : undefined;
    const next = end === undefined ? 'match' : `fetch ${from.getTime()} ${to.getTime()} ${end}`;
    return { ...NOTHING, position: next };
  }

  private async fetchFrom({ coversFrom, now }: Sight): Promise<Date> {
    const latest = await this.reader.latestAt();
    if (latest === null) return new Date(0);
    const isNightly = coversFrom < plus(now, -2 * NIGHTLY_OVERLAP_MS);
    return plus(latest, -(isNightly ? NIGHTLY_OVERLAP_MS : OVERLAP_MS));
  }

  private async match(reached: string, now: Date): Promise<Round> {
    const open = await this.reader.openAfter(reached, MOVEMENTS_MAX);
    const judged = await this.verdictsOf(open, now);
    const verdicts = (await this.bookBank(open, judged)) ? await this.verdictsOf(open, now) : judged;
    const matched = verdicts.flatMap((each) => (isMatched(each) ? [each] : []));
    await this.database.transaction((tx) => this.movements.match(tx, matched, now));
    const last = open.length < MOVEMENTS_MAX ? undefined : open.at(-1);
    return {
      ...NOTHING,
      findings: verdicts.flatMap((each) => (each === 'NOT_YET' || isMatched(each) ? [] : [each])),
      position: last ? `match ${last.ref}` : 'book',
    };
  }

  /** One transaction each, so that what the ledger refuses holds up nothing else; whoever dies in between finds the journal the next time. */
  private async bookBank(open: readonly MovementRow[], judged: readonly Verdict[]): Promise<boolean> {
    let isBooked = false;
    for (const [index, movement] of open.entries()) {
      const verdict = judged[index];
      const isMissing =
        verdict === 'NOT_YET' ||
        (typeof verdict === 'object' && 'breakClass' in verdict && verdict.breakClass === 'MISSING_INTERNAL');
      const told = isMissing ? bankMovementOf(movement) : null;
      if (told === null) continue;
      await this.database.transaction((tx) => this.bank.book(tx, told, movement.createdAt));
      isBooked = true;
    }
    return isBooked;
  }

  private async verdictsOf(open: readonly MovementRow[], now: Date): Promise<Verdict[]> {
    if (open.length === 0) return [];
    const subjects = await this.subjectsOf(open);
    const places = new Map(open.map((each) => [each.ref, placeOf(each, subjects)]));
    const keys = [...places.values()].flatMap((place) => place.keys);
    const effects = new Map(
      (await this.clearing.effectsOf(PROVIDER, keys)).map((each) => [each.idempotencyKey, each]),
    );
    const taken = await this.reader.matchesOf([...effects.values()].map(({ journalId }) => journalId));
    const undone = open.filter(({ ref }) => places.get(ref)?.isUndone);
    const halves = undoneOf(await this.reader.ofSubjects(undone.map(({ subjectRef }) => subjectRef)));
    const undoneRefs = new Map(halves.map((each) => [each.movement.ref, each]));
    // Two movements of this page may want one journal: the first has it.
    const claimed = new Map(taken);
    // What has a journal of its own needs no correction to stand for it.
    const lost = open.filter(({ ref }) => !places.get(ref)?.keys.some((key) => effects.has(key)));
    const corrections = await this.correctionsNear(lost, claimed);
    return open.map((movement) => {
      const half = undoneRefs.get(movement.ref);
      const correction = corrections.get(movement.ref);
      if (half ?? correction) return present(half ?? correction, 'what was found');
      const place = places.get(movement.ref) ?? placeOf(movement, subjects);
      const found = place.keys.flatMap((key) => effects.get(key) ?? []);
      const verdict = judge(movement, place, found, claimed, now);
      if (isMatched(verdict))
        for (const { journalId } of verdict.journals) claimed.set(journalId, movement.ref);
      return verdict;
    });
  }

  /** A correction of the books stands for the first movement of its amount that nothing else can stand for. */
  private async correctionsNear(
    open: readonly MovementRow[],
    claimed: Map<string, string>,
  ): Promise<ReadonlyMap<string, MatchedMovement>> {
    const found = new Map<string, MatchedMovement>();
    for (const movement of open.filter(({ kind }) => CORRECTED.includes(kind))) {
      const near = await this.clearing.effectsBetween(
        PROVIDER,
        'adjustment',
        plus(movement.createdAt, -CORRECTION_WITHIN_MS),
        plus(movement.createdAt, CORRECTION_WITHIN_MS),
      );
      const taken = await this.reader.matchesOf(near.map(({ journalId }) => journalId));
      const journal = near.find(
        ({ journalId, effectFen }) =>
          effectFen === netOf(movement) && !taken.has(journalId) && !claimed.has(journalId),
      );
      if (!journal) continue;
      claimed.set(journal.journalId, movement.ref);
      found.set(movement.ref, { movement, journals: [journal], bookedFen: journal.effectFen });
    }
    return found;
  }

  private async subjectsOf(open: readonly MovementRow[]): Promise<MovementSubjects> {
    const of = (...kinds: readonly MovementKind[]) =>
      open.filter(({ kind }) => kinds.includes(kind)).map(({ subjectRef }) => subjectRef);
    const told = of('REFUND', 'REFUND_FAILED');
    const byId = await this.refunds.byIds(told.filter((ref) => ref.startsWith('rfd_')));
    const byRef = await this.refunds.byProviderRefs(told.filter((ref) => !ref.startsWith('rfd_')));
    const disputes = await this.disputes.byProviderRefs(of('DISPUTE', 'DISPUTE_WON'));
    return {
      refunds: new Map([
        ...byId.map((refund) => [refund.id as string, refund] as const),
        ...byRef.map((refund) => [refund.providerRef ?? '', refund] as const),
      ]),
      disputes: new Map(disputes.map((dispute) => [dispute.providerRef, dispute])),
    };
  }

  /** From the other side: journals of the provider's account that no movement has been found for. */
  private async books(reached: string, now: Date): Promise<Round> {
    const touched = await this.clearing.touches(PROVIDER, reached, JOURNALS_MAX);
    const ids = touched.map(({ journalId }) => journalId);
    const taken = await this.reader.matchesOf(ids);
    const open = await this.clearing.effectsOfJournals(
      PROVIDER,
      ids.filter((id) => !taken.has(id)),
    );
    const findings = open.flatMap((journal) => findingOfJournal(journal, now));
    const last = touched.length < JOURNALS_MAX ? undefined : touched.at(-1);
    return { ...NOTHING, findings, position: last ? `book ${last.journalId}` : 'day' };
  }

  /** Opening and all movements make what is there. Says nothing where something has moved meanwhile, or the provider is silent. */
  private async balance(now: Date): Promise<Round | null> {
    const balanceFen = await this.provider.balanceFen();
    const latest = await this.reader.latestAt();
    const from = latest ?? new Date(0);
    const since = await this.provider.movements({ from, to: FOR_EVER, after: null });
    if (balanceFen === null || since === null) return null;
    const sumFen = await this.reader.sumFen();
    const isMoving = since.hasMore || since.movements.some(({ createdAt }) => createdAt > from);
    const isWrong = !isMoving && sumFen !== balanceFen;
    const { due, matched } = await this.reader.completeness(
      plus(now, -COMPLETENESS_MS),
      plus(now, -UNMATCHED_AFTER_MS),
    );
    const finding: Finding = {
      breakClass: 'AMOUNT',
      subject: 'STRIPE balance',
      expectedFen: balanceFen,
      actualFen: sumFen,
      detail: { what: 'what is there and what all movements make' },
      happenedAt: now,
    };
    return {
      findings: isWrong ? [finding] : [],
      examined: due,
      matched,
      position: null,
    };
  }

  /** A day is over at six in the morning of the next. */
  private async day(reached: string, now: Date): Promise<Round> {
    const start = reached === '' ? await this.firstOpenDay(now) : reached;
    const day = await this.reader.dayAfter(start);
    if (day === null || now < dueAt(day, 1)) return { ...NOTHING, position: 'balance' };
    const before = await this.reader.dayBefore(day);
    const booked = await this.bookedOn(day);
    const timingFen = await this.reader.timingOfDay(day);
    const sums = await this.reader.sumsOfDay(day);
    const row = dayFrom(day, before?.closingFen ?? 0n, sums, { bookedFen: booked, timingFen }, now);
    await this.database.transaction((tx) => this.movements.setDay(tx, row));
    return { ...NOTHING, findings: findingOfDay(row, now), position: `day ${day}` };
  }

  /** The last computed days once more; all of them where none is. */
  private async firstOpenDay(now: Date): Promise<string> {
    const again = businessDay(plus(now, -(DAYS_OPEN + 1) * DAY_MS));
    const last = await this.reader.dayBefore('9999-12-31');
    if (last === null) return '1970-01-01';
    return last.day < again ? last.day : again;
  }

  private async bookedOn(day: string): Promise<bigint> {
    const before = businessDay(plus(new Date(`${day}T00:00:00+08:00`), -1));
    const until = await this.ledger.accountByCode(PROVIDER, day);
    const from = await this.ledger.accountByCode(PROVIDER, before);
    return (until?.balanceFen ?? 0n) - (from?.balanceFen ?? 0n);
  }
}

function isMatched(verdict: Verdict): verdict is MatchedMovement {
  return typeof verdict === 'object' && 'movement' in verdict;
}
