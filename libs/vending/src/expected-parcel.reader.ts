import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import { type CabinetId, CabinetReader, SlotLockReader } from '#libs/counter';
import { type Page, type PageRequest, present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { type ExpectedAtPlaceRow, MerchantOrderReader, type OrderLineRow, OrderReader } from '#libs/ordering';
import { fittingCells } from './pick-up.rules.js';
import { PickUpReader } from './pick-up.reader.js';

/** Whoever stands there tries the first; two more for what does not go in. */
const CELLS_SUGGESTED = 3;

export interface ExpectedParcel extends Pick<
  ExpectedAtPlaceRow,
  'merchantOrderId' | 'paidAt' | 'promisedOn' | 'weightG' | 'hasPerishables'
> {
  readonly cabinetId: CabinetId;
  readonly placeName: string;
  /** Who brings it. */
  readonly merchantName: string;
  readonly lines: readonly Pick<OrderLineRow, 'id' | 'productName' | 'variantName' | 'quantity'>[];
  /** Free cells that bear it now, the smallest first; one may be suggested to several parcels. */
  readonly fittingCells: readonly string[];
}

/** What is paid and to be put into the cells of lockers. */
@Injectable()
export class ExpectedParcelReader {
  constructor(
    private readonly cabinets: CabinetReader,
    private readonly locks: SlotLockReader,
    private readonly points: ChannelPointReader,
    private readonly merchants: MerchantReader,
    private readonly parts: MerchantOrderReader,
    private readonly orders: OrderReader,
    private readonly pickUps: PickUpReader,
  ) {}

  /** At the lockers that a merchant runs, or at one of them: what leaves first stands first. Eight statements, however many. */
  async pageOf(
    operatorId: string,
    cabinetId: string | null,
    { first, after }: PageRequest,
  ): Promise<Page<ExpectedParcel>> {
    const lockers = await this.cabinets.lockersWithin({ merchantIds: [operatorId] }, cabinetId);
    const lockerAt = new Map<string, CabinetId>(
      lockers.map(({ id, channelPointId }) => [channelPointId, id]),
    );
    const { nodes, pageInfo } = await this.parts.expectedAt([...lockerAt.keys()], { first, after });
    const here = new Map(
      nodes.map((row) => [row.merchantOrderId, present(lockerAt.get(row.pickUpPointId), 'a locker')]),
    );
    const cabinetIds = [...new Set(here.values())];
    const [lines, points, merchants, cells, locks, taken] = await Promise.all([
      this.orders.linesOfMerchantOrders([...here.keys()]),
      this.points.byIds([...new Set(nodes.map(({ pickUpPointId }) => pickUpPointId))]),
      this.merchants.byIds([...new Set(nodes.map(({ merchantId }) => merchantId))]),
      this.cabinets.slotsOf(cabinetIds),
      this.locks.openOf(cabinetIds),
      this.pickUps.takenIn(cabinetIds),
    ]);
    const codesAt = (
      rows: readonly { readonly cabinetId: string; readonly slotCode: string }[],
      id: string,
    ) => new Set(rows.filter((row) => row.cabinetId === id).map(({ slotCode }) => slotCode));
    return {
      pageInfo,
      nodes: nodes.map(({ merchantId, pickUpPointId, ...row }): ExpectedParcel => {
        const cabinet = present(here.get(row.merchantOrderId), 'a locker');
        const fitting = fittingCells(
          cells.filter((cell) => cell.cabinetId === cabinet),
          row.weightG,
          { taken: codesAt(taken, cabinet), locked: codesAt(locks, cabinet) },
        );
        return {
          ...row,
          cabinetId: cabinet,
          placeName: points.find(({ id }) => id === pickUpPointId)?.name ?? '',
          merchantName: merchants.find(({ id }) => id === merchantId)?.name ?? '',
          lines: lines.filter(({ merchantOrderId }) => merchantOrderId === row.merchantOrderId),
          fittingCells: fitting.slice(0, CELLS_SUGGESTED),
        };
      }),
    };
  }
}
