import { Injectable } from '@nestjs/common';
import { Clock, type FenText, fen } from '#libs/kernel';
import { Database } from '#platform/database';
import type { LiveMeasures, LiveOrder, LiveRow, LiveSale } from './live-volume.rules.js';
import type { VolumeFactId } from './volume-fact.entity.js';

type Raw<T> = { readonly [K in keyof T]: K extends keyof LiveMeasures ? FenText : T[K] };

type RawSale = Omit<LiveSale, 'paidFen' | 'lineId' | 'isCertified'> & {
  readonly factKey: string;
  readonly paidFen: FenText;
  readonly isCertified: number;
  readonly sourceSystem: string;
  readonly sourceOrderNo: string;
};

const PAID = 'paid:';

@Injectable()
export class LiveVolumeReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** One day by county and channel, from the rollup that has little else: some hundred rows, however much was sold. */
  async rowsOn(day: string): Promise<{ rows: LiveRow[]; dataAsOf: Date }> {
    const dataAsOf = this.clock.now();
    const raw = await this.database.query<Raw<LiveRow>>(
      `SELECT origin_county_code AS originCountyCode, channel_kind AS channelKind,
              SUM(ordered_fen) AS orderedFen, SUM(paid_fen) AS paidFen, SUM(refunded_fen) AS refundedFen,
              SUM(delivered_fen) AS deliveredFen, SUM(recognised_fen) AS recognisedFen, SUM(certified_fen) AS certifiedFen
       FROM volume_county_day WHERE day = ?
       GROUP BY origin_county_code, channel_kind ORDER BY origin_county_code, channel_kind`,
      [day],
    );
    const rows = raw.map((row) => ({
      originCountyCode: row.originCountyCode,
      channelKind: row.channelKind,
      orderedFen: fen(row.orderedFen),
      paidFen: fen(row.paidFen),
      refundedFen: fen(row.refundedFen),
      deliveredFen: fen(row.deliveredFen),
      recognisedFen: fen(row.recognisedFen),
      certifiedFen: fen(row.certifiedFen),
    }));
    return { rows, dataAsOf };
  }

  /** Those of the facts that are sales of the day, latest first; history that is loaded from files is no news. */
  async salesAmong(
    ids: readonly VolumeFactId[],
    day: string,
  ): Promise<{ readonly sale: LiveSale; readonly order: LiveOrder }[]> {
    if (ids.length === 0) return [];
    const raw = await this.database.query<RawSale>(
      `SELECT fact_key AS factKey, event_at AS paidAt, origin_county_code AS originCountyCode, product_id AS productId,
              channel_kind AS channelKind, paid_fen AS paidFen, is_certified AS isCertified,
              source_system AS sourceSystem, source_order_no AS sourceOrderNo
       FROM volume_fact
       WHERE id IN (?) AND event_day = ? AND paid_fen > 0 AND source <> 'IMPORT'
       ORDER BY event_at DESC, id DESC`,
      [ids, day],
    );
    return raw.map(({ factKey, isCertified, paidFen, sourceSystem, sourceOrderNo, ...sale }) => {
      const lineId = factKey.startsWith(PAID) ? factKey.slice(PAID.length) : factKey;
      // Who names no order sells a line at a time.
      const orderKey = sourceOrderNo === '' ? lineId : `${sourceSystem}/${sourceOrderNo}`;
      const { paidAt, originCountyCode } = sale;
      return {
        sale: { ...sale, lineId, paidFen: fen(paidFen), isCertified: isCertified === 1 },
        order: { orderKey, paidAt, originCountyCode },
      };
    });
  }

  /** Since when something waits to be counted; null where nothing does. The first row of a queue, however long it is. */
  async waitingSince(): Promise<Date | null> {
    const [row] = await this.database.query<{ at: Date }>(
      `SELECT f.recorded_at AS at FROM volume_fact_waiting w JOIN volume_fact f ON f.id = w.fact_id
       ORDER BY w.fact_id LIMIT 1`,
    );
    return row?.at ?? null;
  }
}
