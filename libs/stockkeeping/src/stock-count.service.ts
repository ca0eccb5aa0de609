import { Injectable } from '@nestjs/common';
import { ApprovalService, type Verdict, type VoteRefusal } from '#libs/approval';
import { AuditService } from '#libs/identity';
import { StockShiftService } from '#libs/inventory';
import {
  Clock,
  type Fen,
  type InvalidInputError,
  NotFound,
  assert,
  newId,
  present,
  refused,
} from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx, unlessTaken } from '#platform/database';
import type { StockCountId } from './stock-count.entity.js';
import {
  type StockCountLineRow,
  StockCountRepository,
  type StockCountRow,
} from './stock-count.repository.js';
import {
  COUNT_LINES_MAX,
  type StockCountEntry,
  bookable,
  countHash,
  countedAt,
  differenceOf,
  refuseCountNote,
  refuseEntries,
  valueOf,
} from './stock-count.rules.js';
import { StockGoodsReader } from './stock-goods.reader.js';
import { faults } from './stock-line.rules.js';
import { StockTeamReader } from './stock-team.reader.js';
import { needsAnother } from './stock-write-off.rules.js';
import type { StockKeeper } from './stock-write-off.service.js';
import { StockCountStateError } from './stockkeeping.errors.js';

export interface StockCountDecision {
  readonly countId: string;
  readonly verdict: Verdict;
  /** Required to reject. */
  readonly reason: string | null;
}

const OTHERS_REQUIRED = 1;

/** A place is counted while it is sold from: each line is compared with the book of its own moment. What nobody has counted stays as it is. */
@Injectable()
export class StockCountService {
  constructor(
    private readonly database: Database,
    private readonly counts: StockCountRepository,
    private readonly goods: StockGoodsReader,
    private readonly team: StockTeamReader,
    private readonly shifts: StockShiftService,
    private readonly merchants: MerchantReader,
    private readonly approvals: ApprovalService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The one that goes on there, where one does: whoever was interrupted goes on with it. */
  async open(
    merchantId: string,
    channelPointId: string | null,
    { userId, merchantIds }: StockKeeper,
  ): Promise<StockCountId> {
    if (!merchantIds.includes(merchantId)) throw new NotFound('Merchant', merchantId);
    await this.goods.consigned(channelPointId);
    const openPlace = `${merchantId}/${channelPointId ?? ''}`;
    return this.database.transaction(async (tx) => {
      const before = await this.counts.openAt(tx, openPlace);
      if (before) return before.id;
      const id = newId('stc');
      const row: StockCountRow = {
        id,
        merchantId: merchantId as StockCountRow['merchantId'],
        channelPointId: channelPointId as StockCountRow['channelPointId'],
        openPlace,
        note: '',
        valueFen: 0n,
        state: 'OPEN',
        openedBy: userId,
        openedAt: this.clock.now(),
        postedBy: null,
        approvalRequestId: null,
        endedAt: null,
      };
      await unlessTaken('somebody has opened it at once', () => this.counts.insert(tx, row));
      return id;
    });
  }

  /** Said again it changes nothing; what was counted later stands. */
  async enter(
    countId: string,
    entries: readonly StockCountEntry[],
    { userId, merchantIds }: StockKeeper,
  ): Promise<StockCountId | InvalidInputError | StockCountStateError> {
    const { merchantId } = await this.found(countId, merchantIds);
    const invalid = refuseEntries(entries);
    if (invalid) return invalid;
    const own = await this.goods.own(
      merchantId,
      entries.map((entry) => ({ ...entry, quantity: entry.units })),
    );
    return this.database.transaction(async (tx) => {
      const count = await this.locked(tx, countId, merchantIds);
      if (count.state !== 'OPEN') return new StockCountStateError(count.state);
      const now = this.clock.now();
      const lines = own.map(
        ({ variantId, batchId, bestBeforeOn, units, secondsAgo }) =>
          ({
            countId: count.id,
            variantId,
            batchId,
            bestBeforeOn,
            countedUnits: units,
            countedAt: countedAt(now, secondsAgo, count.openedAt),
            countedBy: userId,
            difference: null,
            adjusted: null,
          }) as StockCountLineRow,
      );
      const known = await this.counts.among(tx, count.id, lines);
      const all = (await this.counts.lineCount(tx, count.id)) + lines.length - known.length;
      if (all > COUNT_LINES_MAX) return tooManyLines();
      await this.counts.enter(tx, lines, known);
      return count.id;
    });
  }

  /** Handed in: what differs is booked, or waits for a second person. Handed in again it is handed in once. */
  async post(
    countId: string,
    note: string,
    { userId, merchantIds }: StockKeeper,
  ): Promise<StockCountId | InvalidInputError | StockCountStateError> {
    const { merchantId } = await this.found(countId, merchantIds);
    const others = await this.team.othersThan(userId, merchantId);
    const prices = await this.pricesOf(countId, merchantId, merchantIds);
    return this.database.transaction(async (tx) => {
      const count = await this.locked(tx, countId, merchantIds);
      if (count.state === 'POSTED' && count.postedBy === userId) return count.id;
      if (count.state !== 'OPEN') return new StockCountStateError(count.state);
      const lines = await this.counts.linesOf(tx, count.id);
      if (lines.length === 0) return nothingCounted();
      const compared = await this.compare(tx, count, lines);
      const invalid = refuseCountNote(
        note,
        compared.some(({ difference }) => difference !== 0),
      );
      if (invalid) return invalid;
      const valueFen = valueOf(
        compared.map(({ variantId, difference }) => ({ difference, priceFen: prices.get(variantId) ?? 0n })),
      );
      const handedIn: StockCountRow = { ...count, note: note.trim(), valueFen, postedBy: userId };
      if (!needsAnother({ valueFen, todayFen: 0n, others })) return this.book(tx, handedIn, compared, userId);
      return this.ask(tx, handedIn, compared);
    });
  }

  /** Another person agrees, and it is booked; or it is counted on. */
  decide(
    { countId, verdict, reason }: StockCountDecision,
    { userId, merchantIds }: StockKeeper,
  ): Promise<StockCountId | StockCountStateError | VoteRefusal> {
    return this.database.transaction(async (tx) => {
      const count = await this.locked(tx, countId, merchantIds);
      if (count.state !== 'REQUESTED') return new StockCountStateError(count.state);
      const lines = (await this.counts.linesOf(tx, count.id)).map(differing);
      const voted = await this.approvals.vote(tx, {
        requestId: present(count.approvalRequestId, 'what it waits on'),
        userId,
        verdict,
        reason,
        contentHash: countHash(count.id, count.note, lines),
        divisionCode: await this.countyOf(tx, count.merchantId),
      });
      if (refused(voted)) return voted;
      return voted.state === 'REJECTED' ? this.reopen(tx, count, lines) : this.book(tx, count, lines, userId);
    });
  }

  /** By whoever has handed it in, before it is decided: it is counted on. To anybody else it looks as if it did not exist. */
  withdraw(id: string, { userId, merchantIds }: StockKeeper): Promise<StockCountId | StockCountStateError> {
    return this.database.transaction(async (tx) => {
      const count = await this.locked(tx, id, merchantIds);
      if (count.state !== 'REQUESTED') return new StockCountStateError(count.state);
      if (count.postedBy !== userId) throw new NotFound('StockCount', id);
      const requestId = present(count.approvalRequestId, 'what it waits on');
      const divisionCode = await this.countyOf(tx, count.merchantId);
      await this.approvals.withdrawWith(tx, { requestId, userId, divisionCode }, 'STOCK_COUNT');
      return this.reopen(tx, count, (await this.counts.linesOf(tx, count.id)).map(differing));
    });
  }

  /** Nothing of it is booked. Given up again it is given up once. */
  discard(id: string, { merchantIds }: StockKeeper): Promise<StockCountId | StockCountStateError> {
    return this.database.transaction(async (tx) => {
      const count = await this.locked(tx, id, merchantIds);
      if (count.state === 'DISCARDED') return count.id;
      if (count.state !== 'OPEN') return new StockCountStateError(count.state);
      const endedAt = this.clock.now();
      await this.counts.change(tx, { id: count.id, state: 'DISCARDED', openPlace: null, endedAt });
      return count.id;
    });
  }

  private async compare(
    tx: Tx,
    count: StockCountRow,
    lines: readonly StockCountLineRow[],
  ): Promise<Differing[]> {
    const locationId = await this.shifts.placeOf(tx, count);
    const standing = await this.shifts.standing(
      tx,
      lines.map((line) => ({ ...placed(line, locationId), seenAt: line.countedAt })),
    );
    return lines.map((line, index) => {
      const { onHand, since } = present(standing[index], 'each that was asked for');
      return { ...line, difference: differenceOf({ countedUnits: line.countedUnits, onHand, since }) };
    });
  }

  /** As far as nobody is promised it; the rest is told of the line. */
  private async book(
    tx: Tx,
    count: StockCountRow,
    lines: readonly Differing[],
    by: string,
  ): Promise<StockCountId> {
    const locationId = await this.shifts.placeOf(tx, count);
    const standing = await this.shifts.standing(
      tx,
      lines.map((line) => ({ ...placed(line, locationId), seenAt: line.countedAt })),
    );
    const booked = lines.map((line, index) => {
      const adjusted = bookable(line.difference, present(standing[index], 'each that was asked for'));
      return { ...line, adjusted };
    });
    const steps = booked.flatMap((line) =>
      line.adjusted === 0 ? [] : [{ ...placed(line, locationId), quantity: line.adjusted }],
    );
    const causeKey = `count:${count.id}`;
    const short = await this.shifts.shift(tx, { kind: 'COUNTED', causeKey, by: count.postedBy, steps });
    assert(!short, 'what is promised stays');
    await this.counts.noteLines(tx, booked);
    const { id, note, valueFen, postedBy } = count;
    const endedAt = this.clock.now();
    await this.counts.change(tx, { id, note, valueFen, postedBy, state: 'POSTED', openPlace: null, endedAt });
    await this.note(tx, count, booked, by);
    return id;
  }

  private async ask(tx: Tx, count: StockCountRow, lines: readonly Differing[]): Promise<StockCountId> {
    const { id, note, valueFen, postedBy } = count;
    const approvalRequestId = await this.approvals.open(tx, {
      subjectKind: 'STOCK_COUNT',
      subjectId: id,
      contentHash: countHash(id, note, lines),
      requestedBy: present(postedBy, 'who has handed it in'),
      requiredCount: OTHERS_REQUIRED,
      divisionCode: await this.countyOf(tx, count.merchantId),
    });
    assert(!refused(approvalRequestId), 'whatever it waited on is decided');
    await this.counts.noteLines(tx, lines);
    await this.counts.change(tx, { id, note, valueFen, postedBy, approvalRequestId, state: 'REQUESTED' });
    return id;
  }

  private async reopen(tx: Tx, { id }: StockCountRow, lines: readonly Differing[]): Promise<StockCountId> {
    const none = { valueFen: 0n, postedBy: null, approvalRequestId: null };
    await this.counts.noteLines(
      tx,
      lines.map((line) => ({ ...line, difference: null })),
    );
    await this.counts.change(tx, { id, ...none, state: 'OPEN' });
    return id;
  }

  /** Read before the transaction: a price that changes meanwhile decides nothing but whether two people look. */
  private async pricesOf(
    countId: string,
    merchantId: string,
    merchantIds: readonly string[],
  ): Promise<ReadonlyMap<string, Fen>> {
    const lines = await this.database.transaction(async (tx) => {
      const count = await this.locked(tx, countId, merchantIds);
      return this.counts.linesOf(tx, count.id);
    });
    const own = await this.goods.own(
      merchantId,
      lines.map((line) => ({ ...line, quantity: line.countedUnits })),
    );
    return new Map(own.map(({ variantId, priceFen }) => [variantId, priceFen]));
  }

  private found(id: string, merchantIds: readonly string[]): Promise<StockCountRow> {
    return this.database.transaction((tx) => this.locked(tx, id, merchantIds));
  }

  private async locked(tx: Tx, id: string, merchantIds: readonly string[]): Promise<StockCountRow> {
    const row = await this.counts.lock(tx, id, merchantIds);
    if (!row) throw new NotFound('StockCount', id);
    return row;
  }

  private async countyOf(tx: Tx, merchantId: string): Promise<string> {
    return present((await this.merchants.byIds([merchantId], tx))[0], 'a merchant').countyCode;
  }

  private async note(
    tx: Tx,
    { id, merchantId, note, valueFen }: StockCountRow,
    lines: readonly StockCountLineRow[],
    actorId: string,
  ): Promise<void> {
    const units = lines.reduce((sum, { adjusted }) => sum + (adjusted ?? 0), 0);
    await this.audit.record(tx, {
      actorId,
      act: 'stock.counted',
      subject: id,
      divisionCode: await this.countyOf(tx, merchantId),
      detail: { merchantId, batches: lines.length, units, valueFen: String(valueFen), note },
    });
  }
}

type Differing = StockCountLineRow & { readonly difference: number };

function differing(line: StockCountLineRow): Differing {
  return { ...line, difference: present(line.difference, 'what was handed in') };
}

function placed({ variantId, batchId, bestBeforeOn }: StockCountLineRow, locationId: string) {
  return { variantId, batchId, bestBeforeOn, locationId };
}

function nothingCounted(): InvalidInputError {
  const { refuse, told } = faults();
  refuse('countId', '还没有清点任何一行', 'Nothing has been counted yet.');
  return present(told(), 'a fault');
}

function tooManyLines(): InvalidInputError {
  const { refuse, told } = faults();
  refuse(
    'entries',
    `一次盘点至多 ${COUNT_LINES_MAX} 行，请先提交这一次`,
    `A count has at most ${COUNT_LINES_MAX} lines; hand this one in first.`,
  );
  return present(told(), 'a fault');
}
