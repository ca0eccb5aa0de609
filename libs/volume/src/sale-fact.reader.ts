import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen, present } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { VolumeChannel, VolumeFactId, VolumeSource } from './volume-fact.entity.js';

/** A fact of the register, as those see it who compare and check sales. */
export interface SaleFact {
  readonly id: VolumeFactId;
  readonly factKey: string;
  readonly source: VolumeSource;
  readonly sourceSystem: string;
  readonly sourceOrderNo: string;
  readonly sourceLineNo: string;
  readonly paidFen: Fen;
  readonly recognisedFen: Fen;
  readonly declaredFen: Fen;
  readonly quantity: number;
  readonly weightG: bigint;
  readonly originCountyCode: string;
  readonly originVillageCode: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly sellerCountyCode: string;
  readonly channelKind: VolumeChannel;
  readonly channelPointId: string;
  readonly saleCountyCode: string;
  readonly consumptionCountyCode: string;
  readonly buyerKind: string;
  readonly unitId: string;
  readonly campaignCode: string;
  readonly isCertified: boolean;
  readonly certificationId: string;
  readonly linkageAgreementId: string;
  readonly buyerKey: string;
  readonly addressKey: string;
  readonly eventAt: Date;
  readonly eventDay: string;
  readonly originDay: string;
  readonly recordedAt: Date;
}

type Numbers = 'paidFen' | 'recognisedFen' | 'declaredFen' | 'weightG' | 'isCertified';
export type RawSaleFact = Omit<SaleFact, Numbers> & {
  readonly paidFen: FenText;
  readonly recognisedFen: FenText;
  readonly declaredFen: FenText;
  readonly weightG: string;
  readonly isCertified: number;
};

/** Of `volume_fact f`. */
export const SALE_FACT_COLUMNS = `f.id, f.fact_key AS factKey, f.source, f.source_system AS sourceSystem,
  f.source_order_no AS sourceOrderNo, f.source_line_no AS sourceLineNo, f.paid_fen AS paidFen,
  f.recognised_fen AS recognisedFen, f.declared_fen AS declaredFen, f.quantity, f.weight_g AS weightG,
  f.origin_county_code AS originCountyCode, f.origin_village_code AS originVillageCode, f.product_id AS productId,
  f.merchant_id AS merchantId, f.seller_county_code AS sellerCountyCode, f.channel_kind AS channelKind,
  f.channel_point_id AS channelPointId, f.sale_county_code AS saleCountyCode,
  f.consumption_county_code AS consumptionCountyCode, f.buyer_kind AS buyerKind, f.unit_id AS unitId,
  f.campaign_code AS campaignCode, f.is_certified AS isCertified, f.certification_id AS certificationId,
  f.linkage_agreement_id AS linkageAgreementId, f.buyer_key AS buyerKey, f.address_key AS addressKey,
  f.event_at AS eventAt, f.event_day AS eventDay, f.origin_day AS originDay, f.recorded_at AS recordedAt`;

export function saleFactOf(raw: RawSaleFact): SaleFact {
  return {
    ...raw,
    paidFen: fen(raw.paidFen),
    recognisedFen: fen(raw.recognisedFen),
    declaredFen: fen(raw.declaredFen),
    weightG: BigInt(raw.weightG),
    isCertified: raw.isCertified === 1,
  };
}

/** What lies around some facts, the latest first; a check that needs more than this has found something long before. */
const AROUND_MAX = 5_000;

@Injectable()
export class SaleFactReader {
  constructor(private readonly database: Database) {}

  /** In any order. A caller with an open transaction hands it on. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<SaleFact[]> {
    if (ids.length === 0) return [];
    const rows = await on.query<RawSaleFact>(
      `SELECT ${SALE_FACT_COLUMNS} FROM volume_fact f WHERE f.id IN (?)`,
      [ids],
    );
    return rows.map(saleFactOf);
  }

  /** How many facts that count on these days nobody has checked yet. */
  async uncheckedCount(on: Pick<Tx, 'query'>, from: string, to: string): Promise<number> {
    const [row] = await on.query<{ n: string }>(
      `SELECT COUNT(*) AS n FROM volume_fact_unchecked u JOIN volume_fact f ON f.id = u.fact_id
       WHERE f.event_day BETWEEN ? AND ?`,
      [from, to],
    );
    return Number(present(row, 'a count').n);
  }

  /** What these buyers bought in these days of payment. */
  ofBuyers(
    on: Pick<Tx, 'query'>,
    buyerKeys: readonly string[],
    from: string,
    to: string,
  ): Promise<SaleFact[]> {
    return this.some(on, 'f.buyer_key IN (?) AND f.origin_day BETWEEN ? AND ? AND f.recognised_fen > 0', [
      buyerKeys,
      from,
      to,
    ]);
  }

  /** What these merchants sold, and what went back, of days of payment within a span. */
  ofMerchants(
    on: Pick<Tx, 'query'>,
    merchantIds: readonly string[],
    paid: readonly [string, string],
    counted: readonly [string, string],
  ): Promise<SaleFact[]> {
    return this.some(
      on,
      'f.merchant_id IN (?) AND f.event_day BETWEEN ? AND ? AND f.origin_day BETWEEN ? AND ? AND f.recognised_fen <> 0',
      [merchantIds, ...counted, ...paid],
    );
  }

  /** What these merchants sent to these addresses. */
  ofAddresses(
    on: Pick<Tx, 'query'>,
    merchantIds: readonly string[],
    addressKeys: readonly string[],
    from: string,
    to: string,
  ): Promise<SaleFact[]> {
    return this.some(
      on,
      'f.merchant_id IN (?) AND f.event_day BETWEEN ? AND ? AND f.address_key IN (?) AND f.recognised_fen > 0',
      [merchantIds, from, to, addressKeys],
    );
  }

  /** What came from these villages. */
  ofVillages(
    on: Pick<Tx, 'query'>,
    villageCodes: readonly string[],
    productIds: readonly string[],
    from: string,
    to: string,
  ): Promise<SaleFact[]> {
    return this.some(
      on,
      'f.event_day BETWEEN ? AND ? AND f.product_id IN (?) AND f.origin_village_code IN (?) AND f.recognised_fen <> 0',
      [from, to, productIds, villageCodes],
    );
  }

  /** What was sold at these places in these days. */
  ofPoints(on: Pick<Tx, 'query'>, pointIds: readonly string[], days: readonly string[]): Promise<SaleFact[]> {
    return this.some(on, 'f.channel_point_id IN (?) AND f.event_day IN (?) AND f.recognised_fen > 0', [
      pointIds,
      days,
    ]);
  }

  /** What was paid to these merchants in these days. */
  paidTo(
    on: Pick<Tx, 'query'>,
    merchantIds: readonly string[],
    days: readonly string[],
  ): Promise<SaleFact[]> {
    return this.some(on, 'f.merchant_id IN (?) AND f.event_day IN (?) AND f.paid_fen > 0', [
      merchantIds,
      days,
    ]);
  }

  /** What was recognised of these orders, whoever told of them. */
  ofOrders(on: Pick<Tx, 'query'>, orderNos: readonly string[]): Promise<SaleFact[]> {
    return this.some(on, 'f.source_order_no IN (?) AND f.recognised_fen > 0', [orderNos]);
  }

  /** What is recognised of each line now, whatever has been added and taken off. */
  async netOfLines(
    on: Pick<Tx, 'query'>,
    orderNos: readonly string[],
  ): Promise<
    {
      sourceSystem: string;
      sourceOrderNo: string;
      sourceLineNo: string;
      netFen: Fen;
      netQuantity: number;
      netG: bigint;
    }[]
  > {
    if (orderNos.length === 0) return [];
    const rows = await on.query<
      Record<'sourceSystem' | 'sourceOrderNo' | 'sourceLineNo' | 'netFen' | 'netQuantity' | 'netG', string>
    >(
      `SELECT source_system AS sourceSystem, source_order_no AS sourceOrderNo, source_line_no AS sourceLineNo,
         SUM(recognised_fen) AS netFen, SUM(quantity) AS netQuantity, SUM(weight_g) AS netG
       FROM volume_fact WHERE source_order_no IN (?) GROUP BY source_system, source_order_no, source_line_no`,
      [orderNos],
    );
    return rows.map((row) => ({
      ...row,
      netFen: fen(row.netFen),
      netQuantity: Number(row.netQuantity),
      netG: BigInt(row.netG),
    }));
  }

  private async some(
    on: Pick<Tx, 'query'>,
    condition: string,
    values: readonly SqlValue[],
  ): Promise<SaleFact[]> {
    // An empty list finds nothing, and would be no SQL.
    if (values.some((value) => Array.isArray(value) && value.length === 0)) return [];
    const rows = await on.query<RawSaleFact>(
      `SELECT ${SALE_FACT_COLUMNS} FROM volume_fact f WHERE ${condition} ORDER BY f.id DESC LIMIT ?`,
      [...values, AROUND_MAX],
    );
    return rows.map(saleFactOf);
  }
}
