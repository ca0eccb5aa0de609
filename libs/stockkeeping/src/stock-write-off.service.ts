import { Injectable } from '@nestjs/common';
import { ApprovalService, type Verdict, type VoteRefusal } from '#libs/approval';
import { AuditService } from '#libs/identity';
import { type MovementKind, type StockPlaceShortError, StockShiftService } from '#libs/inventory';
import {
  Clock,
  type IdOf,
  type InvalidInputError,
  NotFound,
  assert,
  businessDay,
  dayStart,
  newId,
  present,
  refused,
  sumFen,
} from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx } from '#platform/database';
import { StockGoodsReader, type OwnGoods } from './stock-goods.reader.js';
import { StockTeamReader } from './stock-team.reader.js';
import { StockTransferRepository } from './stock-transfer.repository.js';
import type { StockWriteOffId } from './stock-write-off.entity.js';
import {
  StockWriteOffRepository,
  type StockWriteOffLineRow,
  type StockWriteOffRow,
} from './stock-write-off.repository.js';
import {
  type StockWriteOffWish,
  needsAnother,
  refuseStockWriteOff,
  stockWriteOffHash,
} from './stock-write-off.rules.js';
import {
  StockKeyReusedError,
  StockTransferStateError,
  StockWriteOffStateError,
} from './stockkeeping.errors.js';

/** Who keeps stock, and of whom. */
export interface StockKeeper {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

export interface StockWriteOffDecision {
  readonly writeOffId: string;
  readonly verdict: Verdict;
  /** Required to reject. */
  readonly reason: string | null;
}

const OTHERS_REQUIRED = 1;

/** What is sold to nobody any more. What is worth much is held until a second person agrees, so that nobody buys it meanwhile, and goes back where they do not. */
@Injectable()
export class StockWriteOffService {
  constructor(
    private readonly database: Database,
    private readonly writeOffs: StockWriteOffRepository,
    private readonly transfers: StockTransferRepository,
    private readonly goods: StockGoodsReader,
    private readonly team: StockTeamReader,
    private readonly shifts: StockShiftService,
    private readonly merchants: MerchantReader,
    private readonly approvals: ApprovalService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same key and content gives the first answer. */
  async request(
    wish: StockWriteOffWish,
    { userId, merchantIds }: StockKeeper,
  ): Promise<
    StockWriteOffId | InvalidInputError | StockKeyReusedError | StockPlaceShortError | StockTransferStateError
  > {
    const { merchantId, channelPointId, transferId, causeKey } = wish;
    if (!merchantIds.includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const invalid = refuseStockWriteOff(wish);
    if (invalid) return invalid;
    await this.goods.consigned(channelPointId);
    const lines = await this.goods.own(merchantId, wish.lines);
    const others = await this.team.othersThan(userId, merchantId);
    return this.database.transaction(async (tx) => {
      // Whoever writes off of one merchant takes turns by its warehouse, so that two at once are one day's.
      const warehouse = await this.shifts.placeOf(tx, { merchantId, channelPointId: null });
      const contentHash = stockWriteOffHash(wish);
      const before = await this.writeOffs.byKey(tx, merchantId, causeKey);
      if (before) return before.contentHash === contentHash ? before.id : new StockKeyReusedError();
      const from = await this.sourceOf(tx, wish, warehouse);
      if (refused(from)) return from;
      const id = newId('swo');
      const valueFen = sumFen(lines.map(({ priceFen, quantity }) => priceFen * BigInt(quantity)));
      const now = this.clock.now();
      const todayFen = await this.writeOffs.aloneSince(tx, merchantId, userId, dayStart(businessDay(now)));
      const row: StockWriteOffRow = {
        id,
        merchantId: merchantId as StockWriteOffRow['merchantId'],
        channelPointId: channelPointId as StockWriteOffRow['channelPointId'],
        transferId: transferId as StockWriteOffRow['transferId'],
        why: wish.why,
        note: wish.note.trim(),
        valueFen,
        causeKey,
        contentHash,
        requestedBy: userId,
        approvalRequestId: null,
        state: 'BOOKED',
        requestedAt: now,
        decidedAt: now,
      };
      if (!needsAnother({ valueFen, todayFen, others })) return this.bookAlone(tx, row, lines, from);
      return this.hold(tx, { ...row, state: 'REQUESTED', decidedAt: null }, lines, from);
    });
  }

  /** Another person agrees, and it leaves the book in the same transaction; or it goes back. */
  decide(
    { writeOffId, verdict, reason }: StockWriteOffDecision,
    { userId, merchantIds }: StockKeeper,
  ): Promise<StockWriteOffId | StockWriteOffStateError | VoteRefusal> {
    return this.database.transaction(async (tx) => {
      const writeOff = await this.locked(tx, writeOffId, merchantIds);
      if (writeOff.state !== 'REQUESTED') return new StockWriteOffStateError(writeOff.state);
      const lines = await this.writeOffs.linesOf(tx, writeOff.id);
      const voted = await this.approvals.vote(tx, {
        requestId: present(writeOff.approvalRequestId, 'what it waits on'),
        userId,
        verdict,
        reason,
        contentHash: stockWriteOffHash({ ...writeOff, lines }),
        divisionCode: await this.countyOf(tx, writeOff.merchantId),
      });
      if (refused(voted)) return voted;
      if (voted.state === 'REJECTED') return this.giveBack(tx, writeOff, lines, userId, 'REJECTED');
      const held = await this.shifts.heldFor(tx, writeOff.id);
      const short = await this.leave(tx, writeOff, lines, held, userId);
      assert(!short, 'what is held is there');
      await this.writeOffs.decide(tx, writeOff.id, 'BOOKED', this.clock.now());
      await this.noteLost(tx, writeOff, lines);
      await this.note(tx, writeOff, lines, userId, false);
      return writeOff.id;
    });
  }

  /** By whoever has asked, before it is decided; to anybody else it looks as if it did not exist. */
  withdraw(
    id: string,
    { userId, merchantIds }: StockKeeper,
  ): Promise<StockWriteOffId | StockWriteOffStateError> {
    return this.database.transaction(async (tx) => {
      const writeOff = await this.locked(tx, id, merchantIds);
      if (writeOff.requestedBy !== userId) throw new NotFound('StockWriteOff', id);
      if (writeOff.state !== 'REQUESTED') return new StockWriteOffStateError(writeOff.state);
      const requestId = present(writeOff.approvalRequestId, 'what it waits on');
      const divisionCode = await this.countyOf(tx, writeOff.merchantId);
      await this.approvals.withdrawWith(tx, { requestId, userId, divisionCode }, 'STOCK_WRITE_OFF');
      const lines = await this.writeOffs.linesOf(tx, writeOff.id);
      return this.giveBack(tx, writeOff, lines, userId, 'WITHDRAWN');
    });
  }

  /** Where it lies: on a shelf, or on its way. The transfer is locked before what is said of it. Throws NotFound for other merchants'. */
  private async sourceOf(
    tx: Tx,
    { merchantId, channelPointId, transferId }: StockWriteOffWish,
    warehouse: string,
  ): Promise<string | StockTransferStateError> {
    if (transferId === null)
      return channelPointId === null ? warehouse : this.shifts.placeOf(tx, { merchantId, channelPointId });
    const transfer = await this.transfers.lock(tx, transferId, [merchantId]);
    if (!transfer) throw new NotFound('StockTransfer', transferId);
    if (transfer.state !== 'SENT') return new StockTransferStateError(transfer.state);
    return this.shifts.heldFor(tx, transferId);
  }

  /** Of a transfer, that these units do not arrive. */
  private async noteLost(
    tx: Tx,
    { transferId, merchantId }: StockWriteOffRow,
    lines: readonly Goods[],
  ): Promise<void> {
    if (transferId === null) return;
    const transfer = present(await this.transfers.lock(tx, transferId, [merchantId]), 'its transfer');
    await this.transfers.note(tx, transfer.id, 'lost_units', lines, this.clock.now());
  }

  private async bookAlone(
    tx: Tx,
    row: StockWriteOffRow,
    lines: readonly OwnGoods[],
    from: string,
  ): Promise<StockWriteOffId | StockPlaceShortError> {
    const short = await this.leave(tx, row, lines, from, row.requestedBy);
    if (short) return short;
    await this.insert(tx, row, lines);
    await this.noteLost(tx, row, lines);
    await this.note(tx, row, lines, row.requestedBy, true);
    return row.id;
  }

  /** From where it lay to where nobody buys it. */
  private async hold(
    tx: Tx,
    row: StockWriteOffRow,
    lines: readonly OwnGoods[],
    from: string,
  ): Promise<StockWriteOffId | StockPlaceShortError> {
    const to = await this.shifts.heldFor(tx, row.id);
    const short = await this.move(tx, `${causeOf(row)}:held`, row.requestedBy, lines, from, to);
    if (short) return short;
    const approvalRequestId = await this.approvals.open(tx, {
      subjectKind: 'STOCK_WRITE_OFF',
      subjectId: row.id,
      contentHash: row.contentHash,
      requestedBy: row.requestedBy,
      requiredCount: OTHERS_REQUIRED,
      divisionCode: await this.countyOf(tx, row.merchantId),
    });
    assert(!refused(approvalRequestId), 'nobody has asked for what was just made');
    await this.insert(tx, { ...row, approvalRequestId }, lines);
    return row.id;
  }

  private async giveBack(
    tx: Tx,
    row: StockWriteOffRow,
    lines: readonly StockWriteOffLineRow[],
    by: string,
    state: 'REJECTED' | 'WITHDRAWN',
  ): Promise<StockWriteOffId> {
    const held = await this.shifts.heldFor(tx, row.id);
    const to =
      row.transferId === null
        ? await this.shifts.placeOf(tx, row)
        : await this.shifts.heldFor(tx, row.transferId);
    const short = await this.move(tx, `${causeOf(row)}:back`, by, lines, held, to);
    assert(!short, 'what is held is there');
    await this.writeOffs.decide(tx, row.id, state, this.clock.now());
    return row.id;
  }

  private leave(
    tx: Tx,
    row: StockWriteOffRow,
    lines: readonly Goods[],
    locationId: string,
    by: string,
  ): Promise<StockPlaceShortError | null> {
    const kind: MovementKind = 'DISPOSED';
    const steps = lines.map((line) => ({ ...goodsOf(line), quantity: -line.quantity, locationId }));
    return this.shifts.shift(tx, { kind, causeKey: causeOf(row), by, steps });
  }

  private move(
    tx: Tx,
    causeKey: string,
    by: string,
    lines: readonly Goods[],
    from: string,
    to: string,
  ): Promise<StockPlaceShortError | null> {
    const steps = lines.flatMap((line) => [
      { ...goodsOf(line), quantity: -line.quantity, locationId: from },
      { ...goodsOf(line), locationId: to },
    ]);
    return this.shifts.shift(tx, { kind: 'MOVED', causeKey, by, steps });
  }

  private insert(tx: Tx, row: StockWriteOffRow, lines: readonly OwnGoods[]): Promise<void> {
    return this.writeOffs.insert(
      tx,
      row,
      lines.map((line) => ({ writeOffId: row.id, ...goodsOf(line) }) as StockWriteOffLineRow),
    );
  }

  private async locked(tx: Tx, id: string, merchantIds: readonly string[]): Promise<StockWriteOffRow> {
    const row = await this.writeOffs.lock(tx, id, merchantIds);
    if (!row) throw new NotFound('StockWriteOff', id);
    return row;
  }

  private async countyOf(tx: Tx, merchantId: string): Promise<string> {
    return present((await this.merchants.byIds([merchantId], tx))[0], 'a merchant').countyCode;
  }

  private async note(
    tx: Tx,
    { id, merchantId, why, note, valueFen }: StockWriteOffRow,
    lines: readonly Goods[],
    actorId: string,
    isAlone: boolean,
  ): Promise<void> {
    const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    await this.audit.record(tx, {
      actorId,
      act: 'stock.written_off',
      subject: id,
      divisionCode: await this.countyOf(tx, merchantId),
      detail: { merchantId, why, note, units, valueFen: String(valueFen), isAlone },
    });
  }
}

type Goods = Pick<OwnGoods, 'variantId' | 'batchId' | 'bestBeforeOn' | 'quantity'>;

function goodsOf({ variantId, batchId, bestBeforeOn, quantity }: Goods): Goods {
  return { variantId, batchId, bestBeforeOn, quantity };
}

/** By this its movements are named; `stockCauseOf` reads it. */
function causeOf({ id }: Pick<StockWriteOffRow, 'id'>): string {
  return `write_off:${id}`;
}
