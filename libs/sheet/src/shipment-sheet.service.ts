import { Injectable } from '@nestjs/common';
import { AdoptionReader } from '#libs/adoption';
import { FulfillmentReader, FulfillmentService } from '#libs/fulfillment';
import { DivisionReader } from '#libs/division';
import { type DomainError, type IdOf, assert, isId, listsBy, present, refused } from '#libs/kernel';
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
  SheetDone,
  SheetEntry,
  SheetRow,
} from './sheet-kind.rules.js';
import {
  type LeftUnits,
  type SentParcel,
  type WantedParcel,
  wantedParcels,
} from './shipment-parcel.rules.js';
import { SHIPMENT_COLUMNS, SHIPMENT_EXAMPLES, shipmentKey } from './shipment-sheet.rules.js';

/** Orders of one reading of a file that is written. */
const ORDERS_AT_ONCE = 100;

interface OrderContents {
  readonly left: readonly (LeftUnits & { readonly goods: string })[];
  readonly sent: readonly SentParcel[];
}

/** Parcels by a table: whoever has numbers of carriers in a list ships all of them, an order in one parcel or in several. */
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
      // What has no number yet is left alone.
      const rows = entry.rows.filter((each) => reading.text(each, 'TRACKING_NO') !== null);
      return { entry, reading, row, rows, order: reading.code(row, 'ORDER') };
    });
    const partOf = await this.partsOf(
      asker,
      read.flatMap(({ order }) => order ?? []),
    );
    const contents = await this.contentsOf([...new Set([...partOf.values()].map(({ id }) => id))]);
    return read.map(({ entry, reading, row, rows, order }): LookedEntry => {
      const { entryNo } = entry;
      const part = order === null ? undefined : partOf.get(order);
      const subjectId = part?.id ?? null;
      if (rows.length === 0 && order !== null)
        return { entryNo, faults: reading.faults, effect: 'NOTHING', subjectId, act: null };
      reading.require(row, 'ORDER', ...(rows.length === 0 ? ['TRACKING_NO'] : []));
      if (order !== null && !part)
        reading.refuse(
          row,
          'ORDER',
          'NOT_FOUND',
          '没有这个订单，请照导出的订单号填写',
          'is none of this merchant’s orders; write its number as it was exported.',
        );
      const { left = [], sent = [] } = (part && contents.get(part.id)) ?? {};
      const wanted = part ? wantedParcels(reading, rows, left, sent) : [];
      const notNow = part && wanted.length > 0 ? refuseShipping(part, 'PARCEL') : null;
      if (notNow) {
        reading.faults.length = 0;
        reading.refuse(row, 'ORDER', notNow.code, notNow.message.zh, notNow.message.en);
      }
      if (part && wanted.length === 0)
        return { entryNo, faults: reading.faults, effect: 'NOTHING', subjectId, act: null };
      const act = () => this.ship(asker, present(part, 'an order').id, wanted);
      return { entryNo, faults: reading.faults, effect: 'CREATE', subjectId, act };
    });
  }

  /** What waits to leave, with whom it goes to, the most urgent first; the numbers are still to be written in. */
  async *told({ merchantId }: SheetAsker): AsyncGenerator<SheetCells> {
    for (let after: readonly string[] | null = null; ;) {
      const page = await this.waiting.page(merchantId, {}, { first: ORDERS_AT_ONCE, after });
      assert(!refused(page), 'no filter is wrong');
      const parcels = page.nodes.filter(({ handover }) => handover === 'PARCEL');
      const contents = await this.contentsOf(parcels.map(({ id }) => id));
      const elsewhere = await this.adoptions.recipientsOf(
        [...contents.values()].flatMap(({ left }) => left.map(({ orderLineId }) => orderLineId)),
      );
      const recipientOf = new Map(elsewhere.map((recipient) => [recipient.orderLineId, recipient]));
      const places = await this.placesOf([...parcels.map(({ recipient }) => recipient), ...elsewhere]);
      for (const part of parcels)
        for (const { orderLineId, left, goods } of contents.get(part.id)?.left ?? []) {
          if (left < 1) continue;
          const to = recipientOf.get(orderLineId) ?? part.recipient;
          yield {
            ORDER: part.id,
            LINE: orderLineId,
            UNITS: String(left),
            DUE_ON: part.dueOn,
            GOODS: goods,
            RECIPIENT: to.name,
            PHONE: to.phone,
            ADDRESS: `${places.get(to.countyCode) ?? ''}${to.address}`,
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

  /** What of each line has neither left nor been called off, and what has left in which parcel; by order. */
  private async contentsOf(ids: readonly string[]): Promise<ReadonlyMap<string, OrderContents>> {
    const [lines, parcels, carried, calledOff] = await Promise.all([
      this.orders.linesOfMerchantOrders(ids),
      this.fulfillments.ofMerchantOrders(ids),
      this.fulfillments.linesOf(ids),
      this.merchantOrders.callOffsOf(ids),
    ]);
    const gone = new Map<string, number>();
    // What was sent for a case is sent besides what was ordered.
    for (const { orderLineId, quantity } of [
      ...carried.filter(({ replacesRef }) => replacesRef === null),
      ...calledOff,
    ])
      gone.set(orderLineId, (gone.get(orderLineId) ?? 0) + quantity);
    const inParcel = listsBy(carried, ({ fulfillmentId }) => fulfillmentId as string);
    const sentOf = listsBy(
      parcels.filter(({ replacesRef }) => replacesRef === null),
      ({ merchantOrderId }) => merchantOrderId,
    );
    const linesOf = listsBy(lines, ({ merchantOrderId }) => merchantOrderId as string);
    return new Map(
      ids.map((id) => [
        id,
        {
          left: (linesOf.get(id) ?? []).map(({ id: orderLineId, quantity, productName, variantName }) => ({
            orderLineId,
            left: quantity - (gone.get(orderLineId) ?? 0),
            goods: `${productName} ${variantName}`,
          })),
          sent: (sentOf.get(id) ?? []).map((parcel) => ({ ...parcel, lines: inParcel.get(parcel.id) ?? [] })),
        },
      ]),
    );
  }

  /** Parcel by parcel; what has left when one of them is refused has left, and is found when the rows are brought again. */
  private async ship(
    { merchantId }: SheetAsker,
    merchantOrderId: string,
    parcels: readonly WantedParcel[],
  ): Promise<SheetDone | DomainError> {
    for (const { carrier, trackingNo, lines } of parcels) {
      const wish = { merchantOrderId, carrier, trackingNo, lines };
      const shipped = await this.service.ship([merchantId], wish, (tx, lineIds, isNamed) =>
        this.adoptions.refuseParcel(tx, lineIds, isNamed),
      );
      if (refused(shipped)) return shipped;
    }
    return { effect: 'CREATE', subjectId: merchantOrderId };
  }

  private async placesOf(
    recipients: readonly { readonly countyCode: string }[],
  ): Promise<Map<string, string>> {
    const codes = [...new Set(recipients.map(({ countyCode }) => countyCode))];
    const rows = await this.divisions.inForce(codes);
    return new Map(rows.map(({ code, name }) => [code, name]));
  }
}

function firstOf({ rows: [first] }: SheetEntry): SheetRow {
  return present(first, 'an entry has rows');
}
