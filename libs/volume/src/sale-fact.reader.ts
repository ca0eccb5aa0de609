import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
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
}
