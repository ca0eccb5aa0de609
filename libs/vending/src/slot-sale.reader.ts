import { Injectable } from '@nestjs/common';
import { type Fen, type IdOf, fen } from '#libs/kernel';
import { Database } from '#platform/database';

/** Slots or trays of a cabinet, for a time, on somebody's account (`key`). */
export interface SlotSpan {
  readonly key: string;
  readonly cabinetId: string;
  readonly slotCodes: readonly string[];
  readonly from: Date;
  readonly before: Date;
}

export interface SlotSold {
  readonly soldFen: Fen;
  readonly soldUnits: number;
}

export interface SlotSaleLine {
  readonly orderLineId: IdOf<'oln'>;
  readonly cabinetId: IdOf<'cab'>;
  readonly slotCode: string;
  readonly paidAt: Date;
}

/** Which sales came out of which slot, by the moment at which they were paid. */
@Injectable()
export class SlotSaleReader {
  constructor(private readonly database: Database) {}

  /** What came out of slots, and was taken from trays and paid for, added up by key. One statement, however many there are. */
  async sold(spans: readonly SlotSpan[]): Promise<ReadonlyMap<string, SlotSold>> {
    if (spans.length === 0) return new Map();
    const asked = spans
      .map(
        () =>
          'SELECT CONVERT(? USING ascii) AS span_key, CONVERT(? USING ascii) AS cabinet_id, CONVERT(? USING ascii) AS slot_codes, CAST(? AS DATETIME(6)) AS from_at, CAST(? AS DATETIME(6)) AS before_at',
      )
      .join(' UNION ALL ');
    const values = spans.flatMap(({ key, cabinetId, slotCodes, from, before }) => [
      key,
      cabinetId,
      slotCodes.join(),
      from,
      before,
    ]);
    // What came out of one line, by its part of the line's money: rounded down, as what goes back is rounded up.
    const rows = await this.database.query<{ spanKey: string; soldFen: string; soldUnits: string }>(
      `SELECT spanKey, SUM(soldFen) AS soldFen, SUM(soldUnits) AS soldUnits FROM (
         SELECT s.span_key AS spanKey, SUM(FLOOR(i.fen * i.delivered_units / i.quantity)) AS soldFen, SUM(i.delivered_units) AS soldUnits
         FROM (${asked}) s JOIN vend v ON v.cabinet_id = s.cabinet_id AND v.paid_at >= s.from_at AND v.paid_at < s.before_at
         JOIN vend_item i ON i.vend_id = v.id AND FIND_IN_SET(i.slot_code, s.slot_codes) AND i.delivered_units > 0 GROUP BY s.span_key
         UNION ALL
         SELECT s.span_key, SUM(i.quantity * i.price_fen), SUM(i.quantity)
         FROM (${asked}) s JOIN door_opening d ON d.cabinet_id = s.cabinet_id AND d.state = 'PAID' AND d.billed_at >= s.from_at AND d.billed_at < s.before_at
         JOIN door_opening_item i ON i.opening_id = d.id AND FIND_IN_SET(i.slot_code, s.slot_codes) GROUP BY s.span_key
       ) sold GROUP BY spanKey`,
      [...values, ...values],
    );
    return new Map(
      rows.map(({ spanKey, soldFen, soldUnits }) => [
        spanKey,
        { soldFen: fen(soldFen), soldUnits: Number(soldUnits) },
      ]),
    );
  }

  /** Of order lines that came out of a slot; nothing of others. */
  async ofLines(orderLineIds: readonly string[]): Promise<SlotSaleLine[]> {
    if (orderLineIds.length === 0) return [];
    return this.database.query(
      `SELECT i.order_line_id AS orderLineId, v.cabinet_id AS cabinetId, i.slot_code AS slotCode, v.paid_at AS paidAt
       FROM vend_item i JOIN vend v ON v.id = i.vend_id WHERE i.order_line_id IN (?) AND i.delivered_units > 0`,
      [orderLineIds],
    );
  }
}
