import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#platform/database';
import type { Town } from '../counters/town.js';
import { hasten } from './hasten.js';
import { reckon } from './reckoning.js';

export interface StormGround<Victim extends string> {
  readonly database: Database;
  /** Without a word, and up again at once. */
  readonly kill: (victim: Victim) => Promise<void>;
  readonly say: (line: string) => void;
}

export interface StormPlan<Victim extends string> {
  readonly seconds: number;
  /** Killed one after the other, evenly over the time. */
  readonly victims: readonly Victim[];
  /** How long it may take until cabinets are there before the first kill, or a large storm would be over while they still come in; before each further one a quarter of it. 0 waits for nobody. */
  readonly gatherMs: number;
  /** How long it may take until nothing is on its way any more. */
  readonly restMs: number;
  /** Whoever is about to pay is waited for until their orders are over. */
  readonly hasLatePayers: boolean;
  /** Totals that cabinets have told last are compared by the clock, every minute. */
  readonly hasClock: boolean;
  /** Whoever has no minutes: once the last service is up again, what is put off for minutes is due at once. */
  readonly isHastened: boolean;
}

const LOOK_MS = 500;
/** Of all cabinets, so many in a hundred are there before the first kill, and before each further one: some are offline in any case. */
const GATHERED_PERCENT = { first: 85, next: 60 } as const;
const HASTEN_EVERY_MS = 1_000;

/** What is still on its way; nothing when it has come to rest. */
async function waiting(
  database: Database,
  { hasLatePayers, hasClock }: Pick<StormPlan<never>, 'hasLatePayers' | 'hasClock'>,
): Promise<string> {
  const [row] = await database.query<Record<string, string>>(
    `SELECT (SELECT COUNT(*) FROM outbox WHERE published_at IS NULL) AS facts,
       (SELECT COUNT(*) FROM inbox WHERE state NOT IN ('APPLIED', 'DEAD')) AS deliveries,
       (SELECT COUNT(*) FROM vend WHERE state = 'DELIVERING') AS vends,
       (SELECT COUNT(*) FROM refund WHERE state IN ('REQUESTED', 'SENT')) AS refunds,
       (SELECT COUNT(*) FROM customer_order o WHERE o.paid_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM vend v WHERE v.order_id = o.id)
         AND NOT EXISTS (SELECT 1 FROM door_opening d WHERE d.order_id = o.id)) AS begun,
       (SELECT COUNT(*) FROM door_opening WHERE state NOT IN ('PAID', 'NOTHING_TAKEN', 'NOT_OPENED', 'WAIVED')) AS openings,
       (SELECT COUNT(*) FROM payment_hold WHERE state NOT IN ('CAPTURED', 'RELEASED', 'LAPSED')) AS holds,
       (SELECT COUNT(*) FROM after_sale WHERE closed_at IS NULL) AS disputes,
       (SELECT COUNT(*) FROM cabinet_gap WHERE state = 'OPEN') AS missing,
       (SELECT COUNT(*) FROM volume_fact_waiting) AS sums,
       (SELECT COUNT(*) FROM payment WHERE state IN ('STARTING', 'UNKNOWN', 'PROCESSING')) AS payments,
       ${hasLatePayers ? "(SELECT COUNT(*) FROM customer_order WHERE state = 'PLACED')" : '0'} AS orders,
       ${hasClock ? "(SELECT COUNT(*) FROM cabinet_snapshot WHERE state = 'WAITING')" : '0'} AS totals`,
  );
  return Object.entries(row ?? {})
    .filter(([, count]) => Number(count) > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
}

async function comeToRest(
  ground: Pick<StormGround<never>, 'database' | 'say'>,
  plan: Pick<StormPlan<never>, 'restMs' | 'hasLatePayers' | 'hasClock'>,
): Promise<string | null> {
  const until = performance.now() + plan.restMs;
  let left = await waiting(ground.database, plan);
  for (let saidMs = performance.now(); left !== '' && performance.now() < until;) {
    await sleep(LOOK_MS);
    left = await waiting(ground.database, plan);
    if (performance.now() - saidMs < 20 * 1_000) continue;
    saidMs = performance.now();
    ground.say(`  still on its way: ${left}`);
  }
  return left === '' ? null : left;
}

/** Again and again until it is over; what of it fails is not hidden. */
async function hastening(database: Database, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await hasten(database);
    await sleep(HASTEN_EVERY_MS, undefined, { signal: over }).catch(() => undefined); // Over, or rested.
  }
}

/** So many are there, or nobody waits for them any longer. */
async function gather(
  { say }: Pick<StormGround<never>, 'say'>,
  town: Town,
  gatherMs: number,
  percent: number,
): Promise<void> {
  const wanted = Math.floor((town.cabinets.length * percent) / 100);
  const began = performance.now();
  while (town.numbers.connected < wanted && performance.now() - began < gatherMs) await sleep(LOOK_MS);
  if (gatherMs > 0)
    say(
      `  ${town.numbers.connected} of ${town.cabinets.length} are there after ${((performance.now() - began) / 1_000).toFixed(0)} s`,
    );
}

/** Lets a town live through faults, waits until it has come to rest, and says what does not add up. */
export async function storm<Victim extends string>(
  ground: StormGround<Victim>,
  town: Town,
  plan: StormPlan<Victim>,
): Promise<string[]> {
  let isKilled = false;
  town.open();
  await gather(ground, town, plan.gatherMs, GATHERED_PERCENT.first);
  const endMs = performance.now() + plan.seconds * 1_000;
  // Where services need long to come up again, people buy until the last of them has been killed all the same.
  const living = town.live(() => isKilled && performance.now() >= endMs);
  const everyMs = (plan.seconds * 1_000) / (plan.victims.length + 1);
  try {
    for (const victim of plan.victims) {
      await sleep(everyMs);
      await gather(ground, town, plan.gatherMs / 4, GATHERED_PERCENT.next);
      ground.say(`  kill -9 ${victim}`);
      await ground.kill(victim);
    }
  } finally {
    isKilled = true; // Also where one does not come up again: nobody buys for ever.
  }
  const over = new AbortController();
  const [after] = await Promise.all([
    restAfter(ground, town, plan, living).finally(() => over.abort()),
    plan.isHastened ? hastening(ground.database, over.signal) : null,
  ]);
  const faults = await reckon(ground.database, town);
  return after === null ? faults : [`it did not come to rest: ${after}`, ...faults];
}

/** What is still on its way when nobody waits for it any longer; null when nothing is. */
async function restAfter(
  ground: Pick<StormGround<never>, 'database' | 'say'>,
  town: Town,
  plan: Pick<StormPlan<never>, 'restMs' | 'hasLatePayers' | 'hasClock'>,
  living: Promise<void>,
): Promise<string | null> {
  await living;
  ground.say('  nobody buys any more');
  town.calm();
  let isOver = false;
  const [left] = await Promise.all([
    comeToRest(ground, { ...plan, hasClock: false }).finally(() => (isOver = true)),
    town.settleUp(() => isOver),
  ]);
  await town.shut();
  ground.say('  cabinets have told their totals');
  return left ?? comeToRest(ground, plan);
}
