import { Injectable } from '@nestjs/common';
import { BatchReader, CertificationReader, type CertificationSpan, ProductOriginReader } from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import { DivisionReader } from '#libs/division';
import { normalisePhone } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import { Pseudonyms } from '#platform/pseudonym';
import { type RowFault, fault } from './row-field.rules.js';
import type { BuyerKeys, Finds } from './sale-lookup.rules.js';
import type { SaleRow } from './sale-row.rules.js';

type Named = Pick<
  SaleRow,
  | 'traceCode'
  | 'productId'
  | 'originCountyCode'
  | 'saleCountyCode'
  | 'consumptionCountyCode'
  | 'channelPointId'
>;

function distinct(values: readonly (string | null | undefined)[]): string[] {
  return [
    ...new Set(values.filter((value) => value !== null && value !== undefined && value !== '')),
  ] as string[];
}

/** Everything that rows name, looked up at once: six statements, however many rows. */
@Injectable()
export class SaleLookupReader {
  constructor(
    private readonly batches: BatchReader,
    private readonly products: ProductOriginReader,
    private readonly certificates: CertificationReader,
    private readonly divisions: DivisionReader,
    private readonly points: ChannelPointReader,
    private readonly merchants: MerchantReader,
    private readonly pseudonyms: Pseudonyms,
  ) {}

  async find(rows: readonly Named[]): Promise<Finds> {
    const batches = await this.batches.byTraceCodes(distinct(rows.map(({ traceCode }) => traceCode)));
    const productIds = distinct([
      ...rows.map((row) => row.productId),
      ...batches.map((batch) => batch.productId),
    ]);
    const codes = rows.flatMap((row) => [
      row.originCountyCode,
      row.saleCountyCode,
      row.consumptionCountyCode,
    ]);
    const [products, certificates, counties, points] = await Promise.all([
      this.products.byIds(productIds),
      this.certificates.spansOf(productIds),
      this.divisions.byCodes(distinct(codes)),
      this.points.byIds(distinct(rows.map((row) => row.channelPointId))),
    ]);
    const merchants = await this.merchants.byIds(distinct(products.map(({ merchantId }) => merchantId)));
    const certificatesOf = new Map<string, CertificationSpan[]>();
    for (const span of certificates)
      certificatesOf.set(span.productId, [...(certificatesOf.get(span.productId) ?? []), span]);
    return {
      batchOfTraceCode: new Map(batches.map((batch) => [batch.traceCode, batch])),
      productOf: new Map(products.map((product) => [product.id, product])),
      certificatesOf,
      sellerCountyOf: new Map(merchants.map(({ id, countyCode }) => [id, countyCode])),
      counties: new Set(counties.filter(({ level }) => level === 'COUNTY').map(({ code }) => code)),
      points: new Set(points.map(({ id }) => id)),
    };
  }

  /** From here on nobody knows the buyer any more. */
  keysOf(row: SaleRow): BuyerKeys | readonly RowFault[] {
    const phone = row.buyerPhone === null ? null : normalisePhone(row.buyerPhone);
    if (row.buyerPhone !== null && phone === null) return [fault('buyerPhone', 'WRONG_TYPE')];
    const buyerKey =
      phone !== null
        ? this.pseudonyms.ofPhone(phone)
        : row.buyerCreditCode === null
          ? ''
          : this.pseudonyms.ofCreditCode(row.buyerCreditCode);
    const addressKey = this.pseudonyms.ofAddress(row.consumptionCountyCode ?? '', row.deliveryAddress ?? '');
    return { buyerKey, addressKey };
  }
}
