import { Injectable } from '@nestjs/common';
import { BatchReader } from '#libs/catalog';
import { DivisionReader, fullNameOf, pathOf } from '#libs/division';
import { present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { MerchantOrderReader, OrderReader } from '#libs/ordering';
import { FulfillmentReader } from './fulfillment.reader.js';
import { restOf, unitsOf } from './parcel.rules.js';
import { PrintBatchReader, type PrintBatchRow, type PrintedWaybillRow } from './print-batch.reader.js';
import { maskedAddress, maskedName, maskedPhone } from './waybill-mask.rules.js';

export interface Party {
  readonly name: string;
  readonly phone: string;
  /** Province, city and county. */
  readonly place: string;
  readonly address: string;
}

export interface SheetLine {
  readonly name: string;
  readonly traceCode: string;
  readonly quantity: number;
}

/** What is printed of one order. */
export interface PrintSheet {
  readonly waybill: PrintedWaybillRow;
  /** Of so many, from one on. */
  readonly position: number;
  readonly count: number;
  readonly seller: string;
  readonly sellerPlace: string;
  /** In plain: for whoever packs, and for the carrier. */
  readonly recipient: Party;
  readonly lines: readonly SheetLine[];
  readonly dueOn: string;
}

/** As it may stand on the outside of a parcel (GB/T 41833-2022). */
export function maskedParty({ name, phone, place, address }: Party): Party {
  return { name: maskedName(name), phone: maskedPhone(phone), place, address: maskedAddress(address) };
}

/** Reads what stands on paper, for all orders of a print at once. The caller has checked whose it is. */
@Injectable()
export class PrintSheetService {
  constructor(
    private readonly batches: PrintBatchReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly orders: OrderReader,
    private readonly fulfillments: FulfillmentReader,
    private readonly harvests: BatchReader,
    private readonly merchants: MerchantReader,
    private readonly divisions: DivisionReader,
  ) {}

  /** Those whose label is void are left out: nothing is sent under it. */
  async of({ id, merchantId }: PrintBatchRow): Promise<readonly PrintSheet[]> {
    const waybills = (await this.batches.waybillsOf([id])).filter(
      ({ state, trackingNo }) => state !== 'VOIDED' && trackingNo !== null,
    );
    const partIds = [...new Set(waybills.map(({ merchantOrderId }) => merchantOrderId))];
    const [parts, lines, carried, calledOff, seller] = await Promise.all([
      this.merchantOrders.byIds(partIds),
      this.orders.linesOfMerchantOrders(partIds),
      this.fulfillments.linesOf(partIds),
      this.merchantOrders.callOffsOf(partIds),
      this.merchants.byId(merchantId),
    ]);
    const harvests = await this.harvests.byIds([...new Set(lines.map(({ batchId }) => batchId))]);
    const sellerCounty = seller?.countyCode ?? '';
    const codes = [...parts.map(({ recipient }) => recipient.countyCode), sellerCounty].flatMap(pathOf);
    const known = await this.divisions.byCodes([...new Set(codes)]);
    return waybills.map((waybill, index) => {
      const part = present(
        parts.find((each) => each.id === waybill.merchantOrderId),
        waybill.merchantOrderId,
      );
      const own = lines.filter((line) => line.merchantOrderId === part.id);
      const under = carried.filter(({ fulfillmentId }) => fulfillmentId === waybill.fulfillmentId);
      const gone = [
        ...carried.filter((each) => each.merchantOrderId === part.id && each.replacesRef === null),
        ...calledOff.filter((each) => each.merchantOrderId === part.id),
      ];
      // What left under it, or else what would.
      const units = waybill.fulfillmentId === null ? restOf(own, gone) : under;
      return {
        waybill,
        position: index + 1,
        count: waybills.length,
        seller: seller?.name ?? '',
        sellerPlace: fullNameOf(sellerCounty, known),
        recipient: {
          name: part.recipient.name,
          phone: part.recipient.phone,
          place: fullNameOf(part.recipient.countyCode, known),
          address: part.recipient.address,
        },
        lines: own.flatMap((line) => {
          const quantity = unitsOf(units.filter(({ orderLineId }) => orderLineId === line.id));
          const traceCode = harvests.find((batch) => batch.id === line.batchId)?.traceCode ?? '';
          return quantity > 0 ? { name: `${line.productName} ${line.variantName}`, traceCode, quantity } : [];
        }),
        dueOn: part.dueOn,
      };
    });
  }
}
