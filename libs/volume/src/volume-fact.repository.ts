import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#libs/kernel';
import { SealQueueService } from '#libs/seal';
import { type SqlValue, type Tx, unlessTaken } from '#platform/database';
import type { VolumeFactId } from './volume-fact.entity.js';
import type { VolumeFactDraft } from './volume-fact.rules.js';

const COLUMNS = `id, fact_key, source, ordered_fen, paid_fen, refunded_fen, delivered_fen, recognised_fen, subsidy_fen,
  declared_fen, quantity, weight_g, origin_county_code, product_id, merchant_id, seller_county_code, channel_kind, channel_point_id,
  sale_county_code, consumption_county_code, buyer_kind, unit_id, campaign_code, is_certified, certification_id, linkage_agreement_id,
  event_at, event_day, origin_day, recorded_at, source_system, source_order_no, source_line_no, buyer_key,
  address_key, origin_village_code`;

/** The business day a fact counts on, which is not that of the event once its month is closed. */
type DatedFact = VolumeFactDraft & { readonly eventDay: string };

function rowOf(id: VolumeFactId, fact: DatedFact, now: Date): SqlValue[] {
  return [
    id,
    fact.factKey,
    fact.source,
    fact.orderedFen ?? 0n,
    fact.paidFen ?? 0n,
    fact.refundedFen ?? 0n,
    fact.deliveredFen ?? 0n,
    fact.recognisedFen ?? 0n,
    fact.subsidyFen ?? 0n,
    fact.declaredFen ?? 0n,
    fact.quantity ?? 0,
    fact.weightG ?? 0n,
    fact.originCountyCode,
    fact.productId,
    fact.merchantId,
    fact.sellerCountyCode,
    fact.channelKind,
    fact.channelPointId,
    fact.saleCountyCode,
    fact.consumptionCountyCode,
    fact.buyerKind,
    fact.unitId,
    fact.campaignCode,
    fact.isCertified,
    fact.certificationId,
    fact.linkageAgreementId,
    fact.eventAt,
    fact.eventDay,
    fact.originDay,
    now,
    fact.sourceSystem ?? '',
    fact.sourceOrderNo ?? '',
    fact.sourceLineNo ?? '',
    fact.buyerKey ?? '',
    fact.addressKey ?? '',
    fact.originVillageCode ?? '',
  ];
}

@Injectable()
export class VolumeFactRepository {
  constructor(
    private readonly clock: Clock,
    private readonly seals: SealQueueService,
  ) {}

  /** Leaves alone what is known already, sets the rest waiting for the rollup and for its seal; returns how many were new. */
  async insert(tx: Tx, facts: readonly DatedFact[]): Promise<number> {
    const now = this.clock.now();
    const fresh = await this.unknown(tx, facts);
    if (fresh.length === 0) return 0;
    const rows = fresh.map((fact) => rowOf(newId('vfa'), fact, now));
    await unlessTaken('somebody else has told the same fact meanwhile', () =>
      tx.write(`INSERT INTO volume_fact (${COLUMNS}) VALUES ?`, [rows]),
    );
    const ids = rows.map(([id]) => id as VolumeFactId);
    // Imported history has neither buyers nor hours, so there is nothing to look at.
    if (facts.some(({ source }) => source !== 'IMPORT')) {
      await tx.write(
        `INSERT INTO volume_fact_unchecked (fact_id) SELECT id FROM volume_fact
         WHERE id IN (?) AND source <> 'IMPORT' AND (paid_fen <> 0 OR recognised_fen <> 0)`,
        [ids],
      );
    }
    await tx.insert(
      'volume_fact_waiting',
      ids.map((factId) => ({ factId })),
    );
    await this.takeOff(tx, fresh);
    await this.seals.add(tx, 'VOLUME', ids);
    return ids.length;
  }

  /**
   * Looked up beforehand, because facts are only added to: neither IGNORE, which swallows broken rows as well, nor ON DUPLICATE
   * KEY, for which one must be allowed to change them.
   */
  private async unknown(tx: Tx, facts: readonly DatedFact[]): Promise<DatedFact[]> {
    const byKey = new Map(facts.map((fact) => [fact.factKey, fact]));
    if (byKey.size === 0) return [];
    const known = await tx.query<{ factKey: string }>(
      'SELECT fact_key AS factKey FROM volume_fact WHERE fact_key IN (?)',
      [[...byKey.keys()]],
    );
    for (const { factKey } of known) byKey.delete(factKey);
    return [...byKey.values()];
  }

  /** More than a line was sold for cannot go back, whatever a caller believes: the table refuses it, and everything rolls back. */
  private async takeOff(tx: Tx, fresh: readonly DatedFact[]): Promise<void> {
    const rows = fresh.flatMap(({ refundOf, refundedFen = 0n, recognisedFen = 0n }) =>
      refundOf ? [[refundOf.lineId, refundOf.goodsFen, refundedFen, 0n - recognisedFen] as const] : [],
    );
    if (rows.length === 0) return;
    // In the order of the lines, so that two refunds never wait for each other in a circle.
    await tx.write(
      `INSERT INTO volume_line_refund (line_id, goods_fen, refunded_fen, reversed_fen) VALUES ?
       ON DUPLICATE KEY UPDATE refunded_fen = volume_line_refund.refunded_fen + VALUES(refunded_fen),
         reversed_fen = volume_line_refund.reversed_fen + VALUES(reversed_fen)`,
      [rows.toSorted(([a], [b]) => (a < b ? -1 : 1))],
    );
  }
}
