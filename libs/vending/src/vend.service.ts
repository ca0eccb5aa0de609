import { Injectable } from '@nestjs/common';
import {
  type CabinetId,
  CabinetReader,
  type CabinetRow,
  CommandService,
  SaleStopReader,
  SlotLockService,
  type VendMessage,
  VendMessageReader,
} from '#libs/counter';
import { VendedService } from '#libs/fulfillment';
import { type SlotHolding, SlotStockReader, SlotStockService } from '#libs/inventory';
import { Clock, fen, newId, plus, present, eachInTurn } from '#libs/kernel';
import { MerchantOrderReader, OrderReader, type OrderRow } from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { PlanogramRepository } from './planogram.repository.js';
import type { VendId } from './vend.entity.js';
import { vendChanged } from './vend.events.js';
import { type NewBreak, type VendItemRow, VendRepository, type VendRowWritten } from './vend.repository.js';
import {
  type FoundBreak,
  afterNothing,
  afterVend,
  answerWithinMs,
  deliveredAt,
  isTooLate,
  stateOf,
  unaskedIn,
} from './vend.rules.js';

/** Goods that come out of a slot, or money that goes back. */
@Injectable()
export class VendService {
  constructor(
    private readonly database: Database,
    private readonly vends: VendRepository,
    private readonly plans: PlanogramRepository,
    private readonly cabinets: CabinetReader,
    private readonly commands: CommandService,
    private readonly messages: VendMessageReader,
    private readonly locks: SlotLockService,
    private readonly stops: SaleStopReader,
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly vended: VendedService,
    private readonly stock: SlotStockService,
    private readonly slots: SlotStockReader,
    private readonly clock: Clock,
  ) {}

  /** The order has been paid: the cabinet is told to hand it out. Orders of other kinds hold nothing in a slot. Told twice it is begun once. */
  async begin(tx: Tx, orderId: string): Promise<void> {
    const held = await this.slots.heldOf(tx, orderId);
    const [first] = held;
    if (!first || (await this.vends.isBegun(tx, orderId))) return;
    // What somebody has taken out of an open cabinet is not to come out of it: whoever bills it is about to enter it.
    if (!(await this.isToComeOut(tx, orderId))) return;
    const order = present(await this.orders.byId(orderId, tx), orderId);
    const cabinet = present(
      await this.cabinets.lastAt(first.channelPointId, tx),
      `a cabinet at ${first.channelPointId}`,
    );
    const vend = this.vendOf(order, cabinet);
    const isOff = isTooLate(vend.paidAt, vend.begunAt) || cabinet.state !== 'ACTIVE';
    const items = await this.itemsFor(tx, vend.id, order, held);
    const decided = isOff
      ? items.map((item) => afterNothing(item, 'TOO_LATE'))
      : await this.withheld(tx, cabinet.id, items);
    const asked = decided.filter(({ state }) => state === 'WAITING');
    await this.vends.insert(tx, vend, decided);
    if (asked.length > 0) await this.tell(tx, vend, asked);
    await this.follow(tx, vend, decided);
  }

  private async isToComeOut(tx: Tx, orderId: string): Promise<boolean> {
    const parts = await this.merchantOrders.ofOrders([orderId], tx);
    return parts.some(({ handover }) => handover === 'VEND');
  }

  /** Three minutes lie between order and payment: what has grown warm meanwhile, or is stuck, is not handed out. */
  private async withheld(
    tx: Tx,
    cabinetId: CabinetId,
    items: readonly VendItemRow[],
  ): Promise<readonly VendItemRow[]> {
    const isStopped = (await this.stops.of(cabinetId, tx)) !== null;
    const locked = await this.locks.lockedOf(tx, cabinetId);
    return items.map((item) =>
      isStopped || locked.includes(item.slotCode) ? afterNothing(item, 'WITHHELD') : item,
    );
  }

  /** What the cabinet has said. Said twice, or in another order, it is the same. */
  async settle(tx: Tx, cabinetId: string, messageId: string): Promise<void> {
    const said = present(await this.messages.byId(tx, messageId), messageId);
    const vendId = said.commandId === null ? null : await this.vends.vendOf(tx, cabinetId, said.commandId);
    const vend = vendId && (await this.vends.lock(tx, vendId));
    if (!vend) return this.noteUnasked(tx, said);
    const items = await this.vends.itemsOf(tx, vend.id);
    await this.apply(tx, vend, items, [said]);
  }

  /** The cabinet has not begun, and will not. */
  async refuse(tx: Tx, cabinetId: string, commandId: string): Promise<void> {
    const vendId = await this.vends.vendOf(tx, cabinetId, commandId);
    const vend = vendId && (await this.vends.lock(tx, vendId));
    if (!vend) return;
    const isExpired = (await this.commands.stateOf(tx, commandId)) === 'EXPIRED';
    await this.change(tx, vend, await this.vends.itemsOf(tx, vend.id), (item) =>
      item.commandId === commandId ? afterNothing(item, isExpired ? 'EXPIRED' : 'CANNOT_START') : item,
    );
  }

  /** What nobody has said anything about in time goes back. What has come, and has not been looked at yet, counts. */
  async giveUpDue(limit: number): Promise<number> {
    const now = this.clock.now();
    const ids = await this.database.transaction((tx) => this.vends.due(tx, now, limit));
    await eachInTurn(ids, (id) => this.database.transaction((tx) => this.giveUp(tx, id)));
    return ids.length;
  }

  private async giveUp(tx: Tx, vendId: VendId): Promise<void> {
    const vend = await this.vends.lock(tx, vendId);
    const now = this.clock.now();
    if (!vend || vend.checkAt === null || vend.checkAt > now) return;
    const items = await this.vends.itemsOf(tx, vend.id);
    const commandIds = items.filter(({ state }) => state === 'WAITING').map(({ commandId }) => commandId);
    const units = items.reduce((sum, { quantity }) => sum + quantity, 0);
    const endsAt = plus(vend.begunAt, answerWithinMs(units));
    if (now < endsAt) {
      // Never said, so never done: nobody has to wait for the rest of the time.
      const unsaid = new Set<string>(await this.commands.endUnsaid(tx, commandIds));
      await this.vends.checkAgainAt(tx, vend.id, endsAt);
      await this.change(tx, vend, items, (item) =>
        unsaid.has(item.commandId) ? afterNothing(item, 'EXPIRED') : item,
      );
      return;
    }
    const said = await this.messages.latest(tx, vend.cabinetId);
    await this.apply(
      tx,
      vend,
      items,
      said.filter(({ commandId }) => commandId !== null && commandIds.some((id) => id === commandId)),
      (item) => afterNothing(item, 'NO_ANSWER'),
    );
  }

  /** Messages in their order, and then what follows for all items; what has become known is written, and the order follows. */
  private async apply(
    tx: Tx,
    vend: VendRowWritten,
    items: readonly VendItemRow[],
    said: readonly VendMessage[],
    finally_: (item: VendItemRow) => VendItemRow = (item) => item,
  ): Promise<void> {
    const breaks: { readonly found: NewBreak; readonly occurredAt: Date }[] = [];
    const judged = items.map((before) => {
      let item = before;
      for (const message of said.filter(({ commandId }) => commandId === before.commandId)) {
        const next = afterVend(item, message);
        const isFirst = item.deliveredUnits === null && (next.item.deliveredUnits ?? 0) > 0;
        item = isFirst ? { ...next.item, occurredAt: message.occurredAt } : next.item;
        const { occurredAt } = message;
        breaks.push(...next.breaks.map((found) => ({ found: breakOf(vend, message, found), occurredAt })));
      }
      return finally_(item);
    });
    await this.change(tx, vend, items, (item) =>
      present(
        judged.find(({ id }) => id === item.id),
        item.id,
      ),
    );
    for (const { found, occurredAt } of breaks)
      await this.noteBreak(tx, vend.channelPointId, found, occurredAt);
  }

  private async change(
    tx: Tx,
    vend: VendRowWritten,
    items: readonly VendItemRow[],
    next: (item: VendItemRow) => VendItemRow,
  ): Promise<void> {
    const after = items.map(next);
    for (const [index, item] of after.entries())
      if (!isSame(item, items[index])) await this.vends.changeItem(tx, item);
    if (vend.state === 'DELIVERING') await this.follow(tx, vend, after);
  }

  /** Once everything of it is known, the order follows: what came out has arrived, and the rest goes back. */
  private async follow(tx: Tx, vend: VendRowWritten, items: readonly VendItemRow[]): Promise<void> {
    const now = this.clock.now();
    await emit(tx, vendChanged(vend.id, vend.orderId, now));
    const state = stateOf(items);
    if (state === 'DELIVERING') return;
    await this.vends.conclude(tx, vend.id, state, now);
    const broken = items.filter((item) => item.state === 'FAILED' || item.state === 'CANNOT_START');
    await this.locks.lock(tx, vend.cabinetId, [...new Set(broken.map(({ slotCode }) => slotCode))], {
      reason: 'FAULT',
      detail: '出货失败，待现场查看',
      by: null,
    });
    // Last, because of the stock.
    await this.vended.conclude(
      tx,
      vend.orderId,
      items.map(({ orderLineId, deliveredUnits }) => ({ orderLineId, quantity: deliveredUnits ?? 0 })),
      deliveredAt(items, { paidAt: vend.paidAt, now }),
    );
  }

  private async noteUnasked(tx: Tx, said: VendMessage): Promise<void> {
    const found = unaskedIn(said);
    if (found.length === 0) return;
    const cabinet = present(
      await this.cabinets.byId(said.cabinetId, { divisions: 'ALL' }, tx),
      said.cabinetId,
    );
    // Behind a door that is weighed or watched everything comes out unasked.
    if (cabinet.model !== 'SLOT_CABINET') return;
    const { id: cabinetId, countyCode, operatorId, channelPointId } = cabinet;
    for (const each of found)
      await this.noteBreak(
        tx,
        channelPointId,
        breakOf({ id: null, cabinetId, countyCode, operatorId }, said, each),
        said.occurredAt,
      );
  }

  /**
   * What has come out beyond what was sold lies there no longer; what the book cannot give now, because others hold it, the next count will show. Where somebody has counted since it came out,
   * the book knows already.
   */
  private async noteBreak(tx: Tx, channelPointId: string, found: NewBreak, occurredAt: Date): Promise<void> {
    const { cabinetId, slotCode, kind, units, messageId } = found;
    const isGone = kind === 'LATE_DROP' || kind === 'TOO_MANY' || kind === 'UNASKED';
    if (isGone) await this.plans.lock(tx, cabinetId, this.clock.now());
    const taken =
      isGone && !(await this.plans.isCountedSince(tx, cabinetId, slotCode, occurredAt))
        ? await this.stock.takeOut(
            tx,
            { channelPointId, slotCode },
            units,
            `break:${messageId}:${slotCode}:${kind}`,
          )
        : 0;
    await this.vends.insertBreak(tx, found, taken, this.clock.now());
  }

  private vendOf(order: OrderRow, cabinet: CabinetRow): VendRowWritten {
    const begunAt = this.clock.now();
    return {
      id: newId('vnd'),
      orderId: order.id,
      cabinetId: cabinet.id,
      channelPointId: cabinet.channelPointId,
      countyCode: cabinet.countyCode,
      operatorId: cabinet.operatorId,
      state: 'DELIVERING',
      paidAt: present(order.paidAt, `the payment of ${order.id}`),
      begunAt,
      checkAt: begunAt,
      concludedAt: null,
    };
  }

  private async itemsFor(
    tx: Tx,
    vendId: VendId,
    order: OrderRow,
    held: readonly SlotHolding[],
  ): Promise<VendItemRow[]> {
    const lines = await this.orders.linesOfOrder(order.id, tx);
    return held.map(({ orderLineId, slotCode }) => {
      const line = present(
        lines.find(({ id }) => id === orderLineId),
        orderLineId,
      );
      return {
        id: newId('vni'),
        vendId,
        orderLineId: line.id,
        slotCode,
        quantity: line.quantity,
        fen: fen(line.goodsFen),
        commandId: newId('ccm'),
        state: 'WAITING',
        deliveredUnits: null,
        toldUnits: null,
        isContradicted: false,
        occurredAt: null,
      };
    });
  }

  private async tell(tx: Tx, vend: VendRowWritten, items: readonly VendItemRow[]): Promise<void> {
    let endsAt = vend.begunAt;
    for (const { slotCode, quantity, fen: costFen, commandId } of items)
      endsAt = await this.commands.deliver(tx, vend.cabinetId, commandId, {
        slot: slotCode,
        units: quantity,
        fen: Number(costFen),
      });
    await this.vends.checkAgainAt(tx, vend.id, endsAt);
  }
}

/** What of it may change. */
function isSame(one: VendItemRow, other: VendItemRow | undefined): boolean {
  return (
    one.state === other?.state &&
    one.toldUnits === other.toldUnits &&
    one.isContradicted === other.isContradicted
  );
}

function breakOf(
  {
    id,
    cabinetId,
    countyCode,
    operatorId,
  }: Pick<VendRowWritten, 'cabinetId' | 'countyCode' | 'operatorId'> & {
    readonly id: VendId | null;
  },
  { messageId }: VendMessage,
  found: FoundBreak,
): NewBreak {
  return { ...found, cabinetId, countyCode, operatorId, vendId: id, messageId };
}
