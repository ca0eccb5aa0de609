import { Injectable } from '@nestjs/common';
import { type StockPlaceShortError, StockShiftService } from '#libs/inventory';
import { Clock, type InvalidInputError, NotFound, assert, newId } from '#libs/kernel';
import { Database, type Tx, unlessTaken } from '#platform/database';
import { type OwnGoods, StockGoodsReader } from './stock-goods.reader.js';
import { type StockLine, lineKey } from './stock-line.rules.js';
import type { StockTransferId } from './stock-transfer.entity.js';
import {
  type StockTransferLineRow,
  StockTransferRepository,
  type StockTransferRow,
} from './stock-transfer.repository.js';
import {
  type StockTransferWish,
  onItsWay,
  refuseArrival,
  refuseTransfer,
  transferHash,
} from './stock-transfer.rules.js';
import { StockWriteOffRepository } from './stock-write-off.repository.js';
import type { StockKeeper } from './stock-write-off.service.js';
import {
  StockKeyReusedError,
  StockTransferStateError,
  StockTransferWaitsError,
} from './stockkeeping.errors.js';

export interface StockArrival {
  readonly transferId: string;
  readonly lines: readonly StockLine[];
  /** Repeated with the same key it changes nothing. */
  readonly causeKey: string;
}

/** Goods leave one place, are held on their way, and arrive at another: nothing of them is created or lost between the two. */
@Injectable()
export class StockTransferService {
  constructor(
    private readonly database: Database,
    private readonly transfers: StockTransferRepository,
    private readonly writeOffs: StockWriteOffRepository,
    private readonly goods: StockGoodsReader,
    private readonly shifts: StockShiftService,
    private readonly clock: Clock,
  ) {}

  /** What is written down and has not been sent is written anew by the same key. */
  async draft(
    wish: StockTransferWish,
    { userId, merchantIds }: StockKeeper,
  ): Promise<StockTransferId | InvalidInputError | StockKeyReusedError> {
    const { merchantId } = wish;
    if (!merchantIds.includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const invalid = refuseTransfer(wish);
    if (invalid) return invalid;
    await this.goods.consigned(wish.fromPointId);
    // Goods come back from a place that has closed; none are sent there.
    await this.goods.consigned(wish.toPointId, { isOpen: true });
    const lines = await this.goods.own(merchantId, wish.lines);
    return this.database.transaction(async (tx) => {
      const contentHash = transferHash(wish);
      const before = await this.transfers.byKey(tx, merchantId, wish.causeKey);
      if (before && before.contentHash === contentHash) return before.id;
      if (before && before.state !== 'DRAFT') return new StockKeyReusedError();
      const row: StockTransferRow = {
        id: before?.id ?? newId('stt'),
        merchantId: merchantId as StockTransferRow['merchantId'],
        fromPointId: wish.fromPointId as StockTransferRow['fromPointId'],
        toPointId: wish.toPointId as StockTransferRow['toPointId'],
        note: wish.note.trim(),
        causeKey: wish.causeKey,
        contentHash,
        state: 'DRAFT',
        draftedBy: userId,
        draftedAt: this.clock.now(),
        sentBy: null,
        sentAt: null,
        endedAt: null,
      };
      const rows = lines.map((line) => draftLine(row.id, line));
      if (before) await this.transfers.redraft(tx, row, rows);
      else await unlessTaken('the same key at once', () => this.transfers.insert(tx, row, rows));
      return row.id;
    });
  }

  /** It leaves its shelf and is on its way. Sent again it is sent once. */
  send(
    id: string,
    { userId, merchantIds }: StockKeeper,
  ): Promise<StockTransferId | StockTransferStateError | StockPlaceShortError> {
    return this.database.transaction(async (tx) => {
      const transfer = await this.locked(tx, id, merchantIds);
      if (transfer.sentAt) return transfer.id;
      if (transfer.state !== 'DRAFT') return new StockTransferStateError(transfer.state);
      const lines = await this.transfers.linesOf(tx, transfer.id);
      const short = await this.carry(tx, transfer, `${causeOf(transfer)}::sent`, userId, lines, 'OUT');
      if (short) return short;
      await this.transfers.markSent(tx, transfer.id, userId, this.clock.now());
      return transfer.id;
    });
  }

  /** Some or all of it has arrived; the rest stays on its way until somebody says what became of it. */
  receive(
    { transferId, lines, causeKey }: StockArrival,
    { userId, merchantIds }: StockKeeper,
  ): Promise<
    StockTransferId | InvalidInputError | StockTransferStateError | StockKeyReusedError | StockPlaceShortError
  > {
    return this.database.transaction(async (tx) => {
      const transfer = await this.locked(tx, transferId, merchantIds);
      const invalid = refuseArrival(causeKey, lines);
      if (invalid) return invalid;
      const sent = await this.transfers.linesOf(tx, transfer.id);
      const cause = `${causeOf(transfer)}:${causeKey}`;
      const arrived = lines.map((line) => {
        const known = sent.find((each) => lineKey(each) === lineKey(line));
        if (!known) throw new NotFound('Batch', line.batchId);
        return { ...goodsOf(known), quantity: line.quantity };
      });
      if (transfer.sentAt) {
        const before = await this.before(tx, transfer, sent, cause);
        if (before.size > 0) return sameAgain(arrived, before) ? transfer.id : new StockKeyReusedError();
      }
      if (transfer.state !== 'SENT') return new StockTransferStateError(transfer.state);
      const short = await this.carry(tx, transfer, cause, userId, arrived, 'IN');
      if (short) return short;
      await this.transfers.note(tx, transfer.id, 'received_units', arrived, this.clock.now());
      return transfer.id;
    });
  }

  /** What has not arrived goes back to where it came from. Called off again it is called off once. */
  cancel(
    id: string,
    { userId, merchantIds }: StockKeeper,
  ): Promise<StockTransferId | StockTransferStateError | StockTransferWaitsError> {
    return this.database.transaction(async (tx) => {
      const transfer = await this.locked(tx, id, merchantIds);
      if (transfer.state === 'CANCELLED') return transfer.id;
      const lines = await this.transfers.linesOf(tx, transfer.id);
      if (transfer.state === 'RECEIVED')
        return lines.some(({ returnedUnits }) => returnedUnits > 0)
          ? transfer.id
          : new StockTransferStateError(transfer.state);
      const now = this.clock.now();
      if (transfer.state === 'DRAFT') {
        await this.transfers.end(tx, transfer.id, 'CANCELLED', now);
        return transfer.id;
      }
      if (await this.writeOffs.waitsFor(tx, transfer.id)) return new StockTransferWaitsError();
      const left = lines.flatMap((line) => {
        const quantity = onItsWay(line);
        return quantity > 0 ? [{ ...goodsOf(line), quantity }] : [];
      });
      const short = await this.carry(tx, transfer, `${causeOf(transfer)}::back`, userId, left, 'BACK');
      assert(!short, 'what is on its way is held for it');
      await this.transfers.note(tx, transfer.id, 'returned_units', left, now);
      return transfer.id;
    });
  }

  private async carry(
    tx: Tx,
    transfer: StockTransferRow,
    causeKey: string,
    by: string,
    lines: readonly Goods[],
    direction: 'OUT' | 'IN' | 'BACK',
  ): Promise<StockPlaceShortError | null> {
    const { merchantId, fromPointId, toPointId } = transfer;
    const held = await this.shifts.heldFor(tx, transfer.id);
    const channelPointId = direction === 'IN' ? toPointId : fromPointId;
    const shelf = await this.shifts.placeOf(tx, { merchantId, channelPointId });
    const [from, to] = direction === 'OUT' ? [shelf, held] : [held, shelf];
    const steps = lines.flatMap((line) => [
      { ...goodsOf(line), quantity: -line.quantity, locationId: from },
      { ...goodsOf(line), locationId: to },
    ]);
    return this.shifts.shift(tx, { kind: 'MOVED', causeKey, by, steps });
  }

  /** What this cause has taken out of what was on its way, by batch. */
  private async before(
    tx: Tx,
    { id }: StockTransferRow,
    lines: readonly StockTransferLineRow[],
    causeKey: string,
  ): Promise<ReadonlyMap<string, number>> {
    const locationId = await this.shifts.heldFor(tx, id);
    return this.shifts.shifted(
      tx,
      lines.map((line) => ({ ...line, locationId })),
      causeKey,
    );
  }

  private async locked(tx: Tx, id: string, merchantIds: readonly string[]): Promise<StockTransferRow> {
    const row = await this.transfers.lock(tx, id, merchantIds);
    if (!row) throw new NotFound('StockTransfer', id);
    return row;
  }
}

type Goods = Pick<OwnGoods, 'variantId' | 'batchId' | 'bestBeforeOn' | 'quantity'>;

function goodsOf({ variantId, batchId, bestBeforeOn, quantity }: Goods): Goods {
  return { variantId, batchId, bestBeforeOn, quantity };
}

function draftLine(transferId: StockTransferId, line: Goods): StockTransferLineRow {
  const none = { receivedUnits: 0, lostUnits: 0, returnedUnits: 0 };
  return { transferId, ...goodsOf(line), ...none } as StockTransferLineRow;
}

function sameAgain(lines: readonly Goods[], before: ReadonlyMap<string, number>): boolean {
  return before.size === lines.length && lines.every((line) => before.get(lineKey(line)) === -line.quantity);
}

/** By this its movements are named; `stockCauseOf` reads it. */
function causeOf({ id }: Pick<StockTransferRow, 'id'>): string {
  return `transfer:${id}`;
}
