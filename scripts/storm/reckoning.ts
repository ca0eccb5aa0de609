import { LedgerReader } from '#libs/ledger';
import type { Database } from '#platform/database';
import type { Town } from '../counters/town.js';

/** What came out although nobody had paid for it, or after it was paid back: gone from the slot, and no sale. */
const GONE = "('LATE_DROP', 'TOO_MANY', 'UNASKED')";

interface Sums {
  readonly cabinetId: string;
  readonly units: string;
  readonly fen: string;
}

const keyed = (rows: readonly Sums[]) =>
  new Map(rows.map(({ cabinetId, units, fen }) => [cabinetId, { units: Number(units), fen: Number(fen) }]));

/** What was paid for an open door: by its tags, as billed, what of it was granted to whoever disputed it, and what was kept. */
const BILLS = `(SELECT d.id, d.order_id, d.billed_fen,
    (SELECT COALESCE(SUM(i.quantity * i.price_fen), 0) FROM door_opening_item i WHERE i.opening_id = d.id) AS taken_fen,
    (SELECT COALESCE(SUM(a.granted_fen), 0) FROM after_sale a WHERE a.order_id = d.order_id AND a.state = 'REFUNDED') AS granted_fen,
    (SELECT COALESCE(SUM(p.captured_fen), 0) FROM payment p WHERE p.order_id = d.order_id AND p.disposition = 'KEPT')
      - (SELECT COALESCE(SUM(f.amount_fen), 0) FROM refund f JOIN payment p ON p.id = f.payment_id AND p.disposition = 'KEPT'
         WHERE f.order_id = d.order_id AND f.state = 'SUCCEEDED') AS kept_fen
  FROM door_opening d WHERE d.state = 'PAID')`;

/** What all that was paid for at cabinets has kept: what came out, and what was taken. */
export const KEPT_FEN = `(SELECT COALESCE(SUM(delivered_units * fen / quantity), 0) FROM vend_item)
  + (SELECT COALESCE(SUM(kept_fen), 0) FROM ${BILLS} b)`;

/** Whatever a statement finds is a fault, named by its first column. True whenever nothing is on its way. */
const RULES: Readonly<Record<string, string>> = {
  'every fact has arrived': `SELECT CONCAT(consumer, ' ', event_id, ' ', COALESCE(last_error, '')) AS subject FROM inbox WHERE state <> 'APPLIED'
    UNION ALL SELECT id FROM outbox WHERE published_at IS NULL`,
  'every vend is over': "SELECT id AS subject FROM vend WHERE state = 'DELIVERING'",
  'every refund is over':
    "SELECT CONCAT(id, ' ', state) AS subject FROM refund WHERE state IN ('REQUESTED', 'SENT')",
  'every order that was paid for at a cabinet was handed out or paid back': `SELECT o.id AS subject FROM customer_order o WHERE o.paid_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM vend v WHERE v.order_id = o.id) AND NOT EXISTS (SELECT 1 FROM door_opening d WHERE d.order_id = o.id)`,
  'every opening is over, and every dispute about one': `SELECT CONCAT(id, ' ', state) AS subject FROM door_opening WHERE state NOT IN ('PAID', 'NOTHING_TAKEN', 'NOT_OPENED', 'WAIVED')
    UNION ALL SELECT CONCAT(id, ' ', state) FROM after_sale WHERE closed_at IS NULL`,
  'what a bank kept ready was taken or let go':
    "SELECT CONCAT(id, ' ', state) AS subject FROM payment_hold WHERE state NOT IN ('CAPTURED', 'RELEASED', 'LAPSED')",
  'what was taken from an open door is billed at its price, and paid for': `SELECT b.id AS subject FROM ${BILLS} b
    WHERE b.billed_fen <> b.taken_fen OR b.kept_fen <> b.billed_fen - b.granted_fen`,
  'the shares of a bill are what it kept': `SELECT b.id AS subject FROM ${BILLS} b
    WHERE b.kept_fen <> (SELECT COALESCE(SUM(s.share_fen - s.reversed_fen), 0) FROM split_share s WHERE s.order_id = b.order_id)`,
  'nobody is said to have stolen where nobody has': `SELECT CONCAT(a.cabinet_id, ' ', a.detail) AS subject FROM cabinet_alarm a
    JOIN cabinet c ON c.id = a.cabinet_id AND c.model = 'OPEN_DOOR' WHERE a.kind = 'STOCK_LOSS'`,
  'volume is what was taken and paid for': `SELECT b.id AS subject FROM ${BILLS} b
    LEFT JOIN (SELECT l.order_id, SUM(f.recognised_fen) AS recognised, SUM(f.paid_fen - f.refunded_fen) AS kept
      FROM volume_fact f JOIN order_line l ON l.id = f.source_line_no GROUP BY l.order_id) v ON v.order_id = b.order_id
    WHERE b.kept_fen <> COALESCE(v.kept, 0) OR b.kept_fen <> COALESCE(v.recognised, 0)`,
  'what is held is held by somebody who is still to pay': `SELECT l.id AS subject FROM stock_level l WHERE l.reserved <> (SELECT COALESCE(SUM(r.quantity), 0) FROM stock_reservation r
      JOIN customer_order o ON o.id = r.order_id AND o.state = 'PLACED' WHERE r.stock_level_id = l.id AND r.state = 'HELD')`,
  'stock is what moved': `SELECT l.id AS subject FROM stock_level l WHERE l.on_hand <> (SELECT COALESCE(SUM(m.quantity), 0) FROM stock_movement m WHERE m.stock_level_id = l.id)`,
  'of what an order has paid, what did not come out went back, and nothing else': `SELECT v.order_id AS subject FROM vend v
    JOIN (SELECT vend_id, SUM(delivered_units * fen / quantity) AS out_fen FROM vend_item GROUP BY vend_id) i ON i.vend_id = v.id
    WHERE i.out_fen <> (SELECT COALESCE(SUM(p.captured_fen), 0) FROM payment p WHERE p.order_id = v.order_id AND p.disposition = 'KEPT')
      - (SELECT COALESCE(SUM(f.amount_fen), 0) FROM refund f JOIN payment p ON p.id = f.payment_id AND p.disposition = 'KEPT' WHERE f.order_id = v.order_id AND f.state = 'SUCCEEDED')`,
  'money that came late or twice went back whole': `SELECT p.id AS subject FROM payment p WHERE p.captured_fen > 0 AND p.disposition <> 'KEPT'
    AND p.captured_fen <> (SELECT COALESCE(SUM(f.amount_fen), 0) FROM refund f WHERE f.payment_id = p.id AND f.state = 'SUCCEEDED')`,
  'the shares of an order are what it kept': `SELECT v.order_id AS subject FROM vend v
    JOIN (SELECT vend_id, SUM(delivered_units * fen / quantity) AS out_fen FROM vend_item GROUP BY vend_id) i ON i.vend_id = v.id
    WHERE i.out_fen <> (SELECT COALESCE(SUM(s.share_fen - s.reversed_fen), 0) FROM split_share s WHERE s.order_id = v.order_id)`,
  'clearing accounts are empty': `SELECT code AS subject FROM (SELECT a.code, SUM(CASE WHEN t.debit_account_id = a.id THEN t.amount_fen ELSE -t.amount_fen END) AS fen
    FROM ledger_account a JOIN ledger_transfer t ON (t.debit_account_id = a.id OR t.credit_account_id = a.id) WHERE t.is_pending = 0
      AND a.code IN ('liability:escrow', 'liability:refund_payable', 'liability:suspense', 'liability:deposit') GROUP BY a.code) AS clearing WHERE fen <> 0`,
  'volume is what came out, line by line': `SELECT l.id AS subject FROM vend_item i JOIN order_line l ON l.id = i.order_line_id
    LEFT JOIN (SELECT source_line_no, SUM(recognised_fen) AS recognised, SUM(delivered_fen) AS delivered, SUM(paid_fen - refunded_fen) AS kept
      FROM volume_fact WHERE source_line_no <> '' GROUP BY source_line_no) f ON f.source_line_no = l.id
    WHERE COALESCE(f.recognised, 0) <> i.delivered_units * i.fen / i.quantity OR COALESCE(f.kept, 0) <> i.delivered_units * i.fen / i.quantity`,
  'sums of volume are its facts': `SELECT 'volume_county_day' AS subject FROM DUAL WHERE
    (SELECT COALESCE(SUM(recognised_fen), 0) FROM volume_county_day) <> (SELECT COALESCE(SUM(recognised_fen), 0) FROM volume_fact)`,
  'no message is missing':
    "SELECT CONCAT(cabinet_id, ' ', from_seq) AS subject FROM cabinet_gap WHERE state = 'OPEN'",
  'what cabinets have counted is what we know of': `SELECT CONCAT(cabinet_id, ' ', told_units, ' / ', known_units, ' units') AS subject FROM cabinet_snapshot WHERE state = 'DIFFERS'`,
  'nothing was dropped':
    "SELECT CONCAT(cabinet_id, ' ', reason, ' ', last_kind) AS subject FROM cabinet_drop",
};

/**
 * What really lies in the cabinets and has come out of them, as they know themselves, beside the book of stock, the money at orders, in the ledger and at the provider, and the register of volume.
 * Answers what does not agree; nothing, if all is well.
 */
export async function reckon(database: Database, town: Town): Promise<string[]> {
  const faults: string[] = [];
  for (const [rule, sql] of Object.entries(RULES)) {
    const found = await database.query<{ subject: string }>(`${sql} LIMIT 5`);
    faults.push(...found.map(({ subject }) => `${rule}: ${subject}`));
  }
  const { differenceFen } = await new LedgerReader(database).trialBalance();
  if (differenceFen !== 0n) faults.push(`debits and credits differ by ${differenceFen} fen`);
  faults.push(...(await unitsAgainst(database, town)));
  faults.push(...(await traysAgainst(database, town)));
  faults.push(...(await takenAgainst(database, town)));
  faults.push(...(await salesAgainst(database, town)));
  faults.push(...(await messagesAgainst(database, town)));
  faults.push(...town.counterfeit.gains.map((gain) => `a counterfeit ${gain}`));
  return faults;
}

/** Slot by slot. What fell out while others held all that the book had left is known to be missing, until somebody counts. */
async function unitsAgainst(database: Database, { routes }: Town): Promise<string[]> {
  const rows = await database.query<{ cabinetId: string; code: string; units: string; untaken: string }>(
    `SELECT c.id AS cabinetId, p.slot_code AS code, COALESCE(SUM(l.on_hand), 0) AS units,
       (SELECT COALESCE(SUM(b.units - b.taken_units), 0) FROM vend_break b JOIN cabinet_message m ON m.id = b.message_id
        WHERE b.cabinet_id = c.id AND b.slot_code = p.slot_code AND b.kind IN ${GONE} AND m.occurred_at >
          COALESCE((SELECT MAX(k.counted_at) FROM slot_count k WHERE k.cabinet_id = c.id AND k.slot_code = p.slot_code), '1970-01-01')) AS untaken
     FROM cabinet c JOIN stock_location p ON p.channel_point_id = c.channel_point_id LEFT JOIN stock_level l ON l.location_id = p.id
     WHERE p.slot_code <> '' GROUP BY c.id, p.slot_code`,
  );
  const book = new Map(rows.map((row) => [`${row.cabinetId} ${row.code}`, row]));
  return routes.flatMap(({ cabinet, slots }) =>
    [...slots.contents].flatMap(([code, units]) => {
      const { cabinetId } = cabinet.device.identity;
      const row = book.get(`${cabinetId} ${code}`);
      const expected = Number(row?.units ?? 0) - Number(row?.untaken ?? 0);
      return expected === units
        ? []
        : [`${cabinetId} has ${units} in ${code}, the book ${row?.units} (${row?.untaken} untaken)`];
    }),
  );
}

/** Thing by thing, whatever their scales show. */
async function traysAgainst(database: Database, { doorRoutes }: Town): Promise<string[]> {
  const rows = await database.query<{ cabinetId: string; stand: string; units: string }>(
    `SELECT t.cabinet_id AS cabinetId, CONCAT(t.slot_code, ' ', t.variant_id) AS stand, COALESCE(SUM(l.on_hand), 0) AS units
     FROM tray_good t JOIN cabinet c ON c.id = t.cabinet_id JOIN stock_location p ON p.channel_point_id = c.channel_point_id AND p.slot_code = t.slot_code
     LEFT JOIN stock_level l ON l.location_id = p.id AND l.variant_id = t.variant_id GROUP BY t.cabinet_id, t.slot_code, t.variant_id`,
  );
  const book = new Map(rows.map(({ cabinetId, stand, units }) => [`${cabinetId} ${stand}`, Number(units)]));
  return doorRoutes.flatMap(({ cabinet, kind }) =>
    [...kind.contents].flatMap(([stand, units]) => {
      const { cabinetId } = cabinet.device.identity;
      const known = book.get(`${cabinetId} ${stand}`) ?? 0;
      return known === units ? [] : [`${cabinetId} has ${units} of ${stand}, the book ${known}`];
    }),
  );
}

/** Opening by opening: who took what is billed for that, and for nothing else. */
async function takenAgainst(database: Database, { doorRoutes }: Town): Promise<string[]> {
  const rows = await database.query<{ commandId: string; state: string; stand: string; quantity: number }>(
    `SELECT d.command_id AS commandId, d.state, COALESCE(CONCAT(i.slot_code, ' ', i.variant_id), '') AS stand, COALESCE(i.quantity, 0) AS quantity
     FROM door_opening d LEFT JOIN door_opening_item i ON i.opening_id = d.id WHERE d.asked_at IS NOT NULL`,
  );
  const billed = new Map<string, { readonly state: string; readonly units: Map<string, number> }>();
  for (const { commandId, state, stand, quantity } of rows) {
    const opening = billed.get(commandId) ?? { state, units: new Map<string, number>() };
    if (stand !== '') opening.units.set(stand, Number(quantity));
    billed.set(commandId, opening);
  }
  const listed = (units: ReadonlyMap<string, number>) =>
    [...units]
      .map(([stand, count]) => `${count} of ${stand}`)
      .toSorted()
      .join(', ');
  const faults: string[] = [];
  for (const { kind } of doorRoutes)
    for (const [commandId, taken] of kind.taken) {
      const { state = 'unknown', units = new Map<string, number>() } = billed.get(commandId) ?? {};
      billed.delete(commandId);
      const isPaid = state === 'PAID' || (taken.size === 0 && state !== 'unknown');
      if (!isPaid || listed(units) !== listed(taken))
        faults.push(`at ${commandId} ${listed(taken)} was taken, ${listed(units)} is billed (${state})`);
    }
  for (const [commandId, { state, units }] of billed)
    if (units.size > 0)
      faults.push(`at ${commandId} ${listed(units)} is billed (${state}), and nobody was there`);
  return faults;
}

/** What a cabinet has counted as sold is what it has handed out for money, and what it has lost. */
async function salesAgainst(database: Database, { cabinets }: Town): Promise<string[]> {
  const sold = keyed(
    await database.query<Sums>(
      `SELECT v.cabinet_id AS cabinetId, SUM(i.delivered_units) AS units, SUM(i.delivered_units * i.fen / i.quantity) AS fen
       FROM vend v JOIN vend_item i ON i.vend_id = v.id GROUP BY v.cabinet_id`,
    ),
  );
  const lost = keyed(
    await database.query<Sums>(
      `SELECT b.cabinet_id AS cabinetId, SUM(b.units) AS units, SUM(b.units * s.price_fen) AS fen FROM vend_break b
       JOIN planogram_slot s ON s.cabinet_id = b.cabinet_id AND s.slot_code = b.slot_code WHERE b.kind IN ${GONE} GROUP BY b.cabinet_id`,
    ),
  );
  return cabinets.flatMap(({ device }) => {
    const { cabinetId } = device.identity;
    const [paid, gone] = [sold.get(cabinetId), lost.get(cabinetId)];
    const units = (paid?.units ?? 0) + (gone?.units ?? 0);
    const fen = (paid?.fen ?? 0) + (gone?.fen ?? 0);
    return units === device.soldUnits && fen === device.soldFen
      ? []
      : [`${cabinetId} counts ${device.soldUnits} units for ${device.soldFen} fen, we ${units} for ${fen}`];
  });
}

/** Each message once: as many of a kind as the cabinet has numbered. */
async function messagesAgainst(database: Database, { cabinets }: Town): Promise<string[]> {
  const rows = await database.query<{ cabinetId: string; kind: string; n: string }>(
    `SELECT cabinet_id AS cabinetId, LOWER(kind) AS kind, COUNT(*) AS n FROM cabinet_message GROUP BY cabinet_id, kind
     UNION ALL SELECT cabinet_id, 'telemetry', COUNT(*) FROM cabinet_telemetry WHERE signal_dbm IS NOT NULL GROUP BY cabinet_id`,
  );
  const known = new Map(rows.map(({ cabinetId, kind, n }) => [`${cabinetId} ${kind}`, Number(n)]));
  return cabinets.flatMap(({ device }) =>
    [...device.noted].flatMap(([kind, said]) => {
      const { cabinetId } = device.identity;
      const there = known.get(`${cabinetId} ${kind}`) ?? 0;
      return there === said ? [] : [`${cabinetId} has said ${said} ${kind}, ${there} are there`];
    }),
  );
}
