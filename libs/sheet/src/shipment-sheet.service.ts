import { Injectable } from '@nestjs/common';
import { AdoptionReader } from '#libs/adoption';
import {
  FulfillmentReader,
  type FulfillmentRow,
  FulfillmentService,
  type Parcel,
  parcelOf,
} from '#libs/fulfillment';
import { DivisionReader } from '#libs/division';
import { type IdOf, assert, isId, present, refused } from '#libs/kernel';
import {
  MerchantOrderReader,
  type MerchantOrderRow,
  OrderReader,
  ToShipReader,
  refuseShipping,
} from '#libs/ordering';
import { CellReading } from './sheet-cell.rules.js';
import type {
  LookedEntry,
  SheetAsker,
  SheetCells,
  SheetDesk,
  SheetEntry,
  SheetRow,
} from './sheet-kind.rules.js';
import { SHIPMENT_COLUMNS, SHIPMENT_EXAMPLES, carrierNamed, shipmentKey } from './shipment-sheet.rules.js';

/** Orders of one reading of a file that is written. */
const ORDERS_AT_ONCE = 100;

const COLUMN_OF: Readonly<Record<string, string>> = { carrier: 'CARRIER', trackingNo: 'TRACKING_NO' };

/** Parcels by a table: whoever has numbers of carriers in a list ships all of them, each with all that has not left. */
@Injectable()
export class ShipmentSheetService implements SheetDesk {
  readonly columns = SHIPMENT_COLUMNS;
  readonly examples = SHIPMENT_EXAMPLES;
  readonly keyOf = shipmentKey;
  readonly isPersonal = true;

  constructor(
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly waiting: ToShipReader,
    private readonly fulfillments: FulfillmentReader,
    private readonly service: FulfillmentService,
    private readonly adoptions: AdoptionReader,
    private readonly divisions: DivisionReader,
  ) {}

  async look(asker: SheetAsker, entries: readonly SheetEntry[]): Promise<LookedEntry[]> {
    const read = entries.map((entry) => {
      const reading = new CellReading();
      const row = firstOf(entry);
      return { entry, reading, row, order: reading.code(row, 'ORDER') };
    });
    const partOf = await this.partsOf(
      asker,
      read.flatMap(({ order }) => order ?? []),
    );
    const ids = [...new Set([...partOf.values()].map(({ id }) => id))];
    const left = await this.fulfillments.ofMerchantOrders(ids);
    return read.map(({ entry, reading, row, order }): LookedEntry => {
      this.refuseMore(reading, entry);
      const { entryNo } = entry;
      const part = order === null ? undefined : partOf.get(order);
      const number = reading.code(row, 'TRACKING_NO');
      if (number === null && reading.faults.length === 0 && order !== null)
        return { entryNo, faults: [], effect: 'NOTHING', subjectId: part?.id ?? null, act: null };
      reading.require(row, 'ORDER', 'CARRIER', 'TRACKING_NO');
      if (order !== null && !part)
        reading.refuse(
          row,
          'ORDER',
          'NOT_FOUND',
          '没有这个订单，请照导出的订单号填写',
          'is none of this merchant’s orders; write its number as it was exported.',
        );
      const carrier = carrierNamed(reading.text(row, 'CARRIER') ?? '');
      const parcel = parcelOf({ carrier, trackingNo: number ?? '' });
      if (refused(parcel)) {
        for (const { path, message } of parcel.fields)
          if (reading.text(row, COLUMN_OF[path] ?? '') !== null)
            reading.refuse(row, COLUMN_OF[path] ?? '', 'INVALID', message.zh, message.en);
      } else if (part) {
        const known = left.some((each) => each.merchantOrderId === part.id && isSame(each, parcel));
        if (known)
          return { entryNo, faults: reading.faults, effect: 'NOTHING', subjectId: part.id, act: null };
        const notNow = refuseShipping(part, 'PARCEL');
        if (notNow) reading.refuse(row, 'ORDER', notNow.code, notNow.message.zh, notNow.message.en);
      }
      const act = async () => {
        const wish = {
          ...present(refused(parcel) ? null : parcel, 'a parcel'),
          merchantOrderId: present(part, 'an order').id,
        };
        const shipped = await this.service.ship([asker.merchantId], wish, (tx, lineIds, isNamed) =>
          this.adoptions.refuseParcel(tx, lineIds, isNamed),
        );
        return refused(shipped) ? shipped : { effect: 'CREATE' as const, subjectId: shipped };
      };
      return { entryNo, faults: reading.faults, effect: 'CREATE', subjectId: part?.id ?? null, act };
    });
  }

  /** What waits to leave, with whom it goes to, the most urgent first; the numbers are still to be written in. */
  async *told({ merchantId }: SheetAsker): AsyncGenerator<SheetCells> {
    for (let after: readonly string[] | null = null; ;) {
      const page = await this.waiting.page(merchantId, {}, { first: ORDERS_AT_ONCE, after });
      assert(!refused(page), 'no filter is wrong');
      const parcels = page.nodes.filter(({ handover }) => handover === 'PARCEL');
      const lines = await this.orders.linesOfMerchantOrders(parcels.map(({ id }) => id));
      const places = await this.placesOf(parcels);
      for (const part of parcels) {
        const own = lines.filter(({ merchantOrderId }) => merchantOrderId === part.id);
        yield {
          ORDER: part.id,
          DUE_ON: part.dueOn,
          GOODS: own
            .map(({ productName, variantName, quantity }) => `${productName} ${variantName} ×${quantity}`)
            .join('；'),
          RECIPIENT: part.recipient.name,
          PHONE: part.recipient.phone,
          ADDRESS: `${places.get(part.recipient.countyCode) ?? ''}${part.recipient.address}`,
        };
      }
      const { hasNextPage, endCursor } = page.pageInfo;
      const last = page.nodes.at(-1);
      if (!hasNextPage || endCursor === null || !last) return;
      after = [last.dueOn, last.id];
    }
  }

  /** By what merchants call an order: its own number, or that of the order whose part it is. */
  private async partsOf(
    { merchantId }: SheetAsker,
    said: readonly string[],
  ): Promise<Map<string, MerchantOrderRow>> {
    const own = said.filter((id): id is IdOf<'mor'> => isId('mor', id));
    const whole = said.filter((id): id is IdOf<'ord'> => isId('ord', id));
    const [parts, ofOrders] = await Promise.all([
      this.merchantOrders.byIds(own),
      this.merchantOrders.ofOrders(whole),
    ]);
    const mine = (part: MerchantOrderRow) => part.merchantId === merchantId;
    return new Map([
      ...parts.filter(mine).map((part) => [part.id as string, part] as const),
      ...ofOrders.filter(mine).map((part) => [part.orderId as string, part] as const),
    ]);
  }

  private refuseMore(reading: CellReading, { rows }: SheetEntry): void {
    const [first, ...more] = rows;
    for (const row of more)
      reading.refuse(
        row,
        'ORDER',
        'REPEATED',
        `第 ${first?.rowNo ?? 0} 行已有这个订单；分几个包裹的请在发货页分次发出`,
        `stands in row ${first?.rowNo ?? 0} already; what goes in several parcels is shipped at the portal.`,
      );
  }

  private async placesOf(parts: readonly MerchantOrderRow[]): Promise<Map<string, string>> {
    const codes = [...new Set(parts.map(({ recipient }) => recipient.countyCode))];
    const rows = await this.divisions.inForce(codes);
    return new Map(rows.map(({ code, name }) => [code, name]));
  }
}

function firstOf({ rows: [first] }: SheetEntry): SheetRow {
  return present(first, 'an entry has rows');
}

function isSame({ carrier, trackingNo }: FulfillmentRow, parcel: Parcel): boolean {
  return carrier === parcel.carrier && trackingNo === parcel.trackingNo;
}
