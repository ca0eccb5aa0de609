import { plus } from '#libs/kernel';
import type { Database } from '#platform/database';

/** A command lives for ten seconds: what has not been answered by then, and a little more, is not carried out any more. */
const OVER_AFTER_MS = 13_000;
/** Longer than anybody waits for an answer, whatever the basket. */
const LONG_AGO_MS = 600_000;

/**
 * As if minutes had passed: what a service that was killed has left behind, and would see to after a minute or two, is due now. Payments and refunds whose news did not arrive are asked about, what is
 * missing of a cabinet is asked for, and vends that nobody has answered are given up. Who does that, and what comes of it, are the services' own.
 */
export async function hasten(database: Database): Promise<void> {
  const now = new Date();
  const statements: readonly (readonly [string, readonly Date[]])[] = [
    ['UPDATE payment SET next_check_at = ? WHERE captured_at IS NULL AND next_check_at > ?', [now, now]],
    ['UPDATE payment_hold SET next_check_at = ? WHERE next_check_at > ?', [now, now]],
    [
      "UPDATE door_opening SET check_at = ? WHERE state IN ('OPENING', 'OPEN', 'BILLING') AND check_at > ? AND asked_at < ?",
      [now, now, plus(now, -OVER_AFTER_MS)],
    ],
    ["UPDATE refund SET next_check_at = ? WHERE state = 'SENT' AND next_check_at > ?", [now, now]],
    ["UPDATE cabinet_gap SET ask_at = ? WHERE state = 'OPEN' AND ask_at > ?", [now, now]],
    [
      "UPDATE vend SET begun_at = ?, check_at = ? WHERE state = 'DELIVERING' AND begun_at BETWEEN ? AND ?",
      [plus(now, -LONG_AGO_MS), now, plus(now, -LONG_AGO_MS / 2), plus(now, -OVER_AFTER_MS)],
    ],
  ];
  // Each alone, so that it holds nothing that another is waited for with.
  for (const [sql, values] of statements) await database.transaction((tx) => tx.write(sql, [...values]));
}
