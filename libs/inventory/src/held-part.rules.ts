import { notStopped } from './batch-stop.rules.js';

/**
 * Places on whose shelves some of these variants lie now and have not passed their day, as a condition on `p.id`: for who looks for places,
 * which know no stock.
 */
export function heldPart(
  variantIds: readonly string[],
  day: string,
): { sql: string; values: (string | readonly string[])[] } {
  // IN () is no SQL: of no variant nothing lies anywhere.
  if (variantIds.length === 0) return { sql: 'FALSE', values: [] };
  return {
    sql: `p.id IN (SELECT w.channel_point_id FROM stock_location w JOIN stock_level l ON l.location_id = w.id
      WHERE l.variant_id IN (?) AND l.best_before_on >= ? AND l.on_hand > l.reserved AND ${notStopped('l.batch_id')})`,
    values: [variantIds, day],
  };
}
