import { notStopped } from './batch-stop.rules.js';

/** What has room on a day of a harvest is sold by it, as long as orders for it are taken. */
const PRESOLD = `presale_variant pv JOIN presale s ON s.id = pv.presale_id AND s.orders_open_at <= ? AND s.orders_close_at > ?`;

/**
 * Products of which at least one size can be bought for delivery now, as a condition on `p.id`: from a warehouse and not past its day, or
 * of a harvest that takes orders, or to be adopted, as `StockReader.standingOf` says of each. `productIds`: those that matter, so that not the whole stock
 * is gone through for a few; null for all.
 */
export function availablePart(
  { now, day }: { readonly now: Date; readonly day: string },
  productIds: readonly string[] | null,
): { sql: string; values: (string | Date | readonly string[])[] } {
  const among = productIds === null ? '' : ' AND v.product_id IN (?)';
  const ids = productIds === null ? [] : [productIds];
  const sql = `p.id IN (SELECT available.product_id FROM (
      SELECT v.product_id FROM stock_level l JOIN stock_location w ON w.id = l.location_id AND w.kind = 'WAREHOUSE'
      JOIN product_variant v ON v.id = l.variant_id AND v.state = 'ON_SALE'
      WHERE l.best_before_on >= ? AND l.on_hand > l.reserved AND ${notStopped('l.batch_id')}${among}
        AND l.variant_id NOT IN (SELECT pv.open_variant_id FROM ${PRESOLD} WHERE pv.open_variant_id IS NOT NULL)
      UNION
      SELECT v.product_id FROM ${PRESOLD} JOIN presale_day d ON d.presale_id = s.id AND d.day > ?
        AND d.capacity_g - d.reserved_g - d.shipped_g >= pv.net_weight_g
      JOIN product_variant v ON v.id = pv.open_variant_id AND v.state = 'ON_SALE' WHERE TRUE${among}
      UNION
      SELECT v.product_id FROM adoption_offer o JOIN product_variant v ON v.id = o.open_variant_id AND v.state = 'ON_SALE'
      WHERE o.orders_open_at <= ? AND o.orders_close_at > ?${among} AND EXISTS (SELECT 1 FROM adoption_object b
        WHERE b.offer_id = o.id AND b.state = 'STANDING' AND b.reserved = 0 AND b.shipped = 0)
    ) available)`;
  return { sql, values: [day, ...ids, now, now, now, now, day, ...ids, now, now, ...ids] };
}

/** Products that a presale takes orders for, with room or without, as `PresaleReader.openProductIds` names them. */
export function presoldPart(now: Date): { sql: string; values: Date[] } {
  const sql = `p.id IN (SELECT s.product_id FROM presale s
    WHERE s.state = 'OPEN' AND s.orders_open_at <= ? AND s.orders_close_at > ?)`;
  return { sql, values: [now, now] };
}
