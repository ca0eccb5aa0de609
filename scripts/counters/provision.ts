import { CabinetReader, type CabinetRow, CredentialService } from '#libs/counter';
import { type IdOf, newId, refused } from '#libs/kernel';
import type { Database } from '#platform/database';
import { openCounterRooms } from './counter-rooms.js';
import type { Device, Identity } from './device.js';
import type { ShelfSlot, TrayGoods } from './kinds/kind.js';

const PAGE = 100;
const BY = { userId: newId('usr'), scope: { divisions: 'ALL' } } as const;

export interface Provisioned extends Identity {
  readonly model: CabinetRow['model'];
  /** Where it stands. */
  readonly channelPointId: CabinetRow['channelPointId'];
  readonly operatorId: IdOf<'mer'>;
  /** What it remembers of the time before. */
  readonly memory: Pick<Device, 'bootNo' | 'soldUnits' | 'soldFen'>;
  readonly shelf: readonly ShelfSlot[];
  /** Of a cabinet with one door. */
  readonly trays: readonly TrayGoods[];
  /** What may be ordered to a locker; none of the others. */
  readonly parcels: readonly string[];
}

async function cabinetsOf(reader: CabinetReader, count: number): Promise<CabinetRow[]> {
  const found: CabinetRow[] = [];
  for (let after: readonly string[] | null = null; found.length < count;) {
    const page = await reader.page(BY.scope, { state: 'ACTIVE' }, { first: PAGE, after });
    found.push(...page.nodes);
    const last = page.nodes.at(-1);
    if (!page.pageInfo.hasNextPage || !last) break;
    after = [last.id];
  }
  return found.slice(0, count);
}

/** Of a product: what keeps for the longest, some days at least. */
const FRESH_BATCH = `(SELECT b.id FROM product_batch b WHERE b.product_id = v.product_id
    AND (b.best_before_on IS NULL OR b.best_before_on > CURRENT_DATE + INTERVAL 2 DAY)
  ORDER BY b.best_before_on IS NULL DESC, b.best_before_on DESC, b.id DESC LIMIT 1)`;

/** What is planned and lies in the slots of these cabinets, and a batch that they can be filled with for some days to come. */
export async function shelvesOf(
  database: Database,
  cabinetIds: readonly string[],
): Promise<Map<string, ShelfSlot[]>> {
  const shelves = new Map<string, ShelfSlot[]>(cabinetIds.map((id) => [id, []]));
  if (cabinetIds.length === 0) return shelves;
  const rows = await database.query<{
    cabinetId: string;
    code: string;
    priceFen: string;
    units: string;
    batchId: string | null;
  }>(
    `SELECT s.cabinet_id AS cabinetId, s.slot_code AS code, s.price_fen AS priceFen,
       (SELECT COALESCE(SUM(l.on_hand), 0) FROM stock_location p JOIN stock_level l ON l.location_id = p.id
        WHERE p.channel_point_id = c.channel_point_id AND p.slot_code = s.slot_code) AS units,
       ${FRESH_BATCH} AS batchId
     FROM planogram_slot s JOIN cabinet c ON c.id = s.cabinet_id JOIN product_variant v ON v.id = s.variant_id
     WHERE s.cabinet_id IN (?) ORDER BY s.cabinet_id, s.slot_code`,
    [cabinetIds],
  );
  for (const { cabinetId, code, priceFen, units, batchId } of rows)
    shelves.get(cabinetId)?.push({ code, priceFen: Number(priceFen), units: Number(units), batchId });
  return shelves;
}

/** What stands on the trays of these cabinets that weigh. */
async function traysOf(
  database: Database,
  cabinetIds: readonly string[],
): Promise<(TrayGoods & { readonly cabinetId: string })[]> {
  if (cabinetIds.length === 0) return [];
  const rows = await database.query<
    Omit<TrayGoods, 'units'> & { readonly cabinetId: string; readonly units: string }
  >(
    `SELECT t.cabinet_id AS cabinetId, t.slot_code AS code, t.variant_id AS variantId, t.unit_g AS unitG, t.tolerance_g AS toleranceG,
       ${FRESH_BATCH} AS batchId, (SELECT COALESCE(SUM(l.on_hand), 0) FROM stock_location p JOIN stock_level l ON l.location_id = p.id
        WHERE p.channel_point_id = c.channel_point_id AND p.slot_code = t.slot_code AND l.variant_id = t.variant_id) AS units
     FROM tray_good t JOIN cabinet c ON c.id = t.cabinet_id JOIN product_variant v ON v.id = t.variant_id WHERE t.cabinet_id IN (?) ORDER BY t.cabinet_id, t.slot_code, t.variant_id`,
    [cabinetIds],
  );
  return rows.map(({ units, ...row }) => ({ ...row, units: Number(units) }));
}

/** Some of what lies with sellers in plenty, light enough for any cell and cheap. */
async function parcelGoods(database: Database): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT v.id FROM product_variant v JOIN product p ON p.id = v.product_id JOIN merchant m ON m.id = p.merchant_id
     WHERE v.state = 'ON_SALE' AND v.net_weight_g <= 2000 AND m.state = 'ACTIVE' AND EXISTS (
       SELECT 1 FROM stock_level l JOIN stock_location s ON s.id = l.location_id
       WHERE l.variant_id = v.id AND s.slot_code = '' AND l.on_hand - l.reserved >= 50 AND l.best_before_on > CURRENT_DATE + INTERVAL 5 DAY)
     ORDER BY v.price_fen, v.id LIMIT 20`,
  );
  return rows.map(({ id }) => id);
}

/** Since they were installed: a cabinet that was broken off remembers what it could still say. */
async function soldOf(
  database: Database,
  cabinetIds: readonly string[],
): Promise<Map<string, Pick<Device, 'soldUnits' | 'soldFen'>>> {
  if (cabinetIds.length === 0) return new Map();
  const rows = await database.query<Record<'cabinetId' | 'units' | 'fen', string>>(
    `SELECT cabinet_id AS cabinetId, SUM(sold_units) AS units, SUM(sold_fen) AS fen FROM cabinet_message
     WHERE cabinet_id IN (?) AND kind = 'VEND' GROUP BY cabinet_id`,
    [cabinetIds],
  );
  return new Map(
    rows.map(({ cabinetId, units, fen }) => [cabinetId, { soldUnits: Number(units), soldFen: Number(fen) }]),
  );
}

/** New credentials for so many cabinets of the register; what they signed in with before is revoked. */
export async function provision(database: Database, count: number): Promise<Provisioned[]> {
  const app = await openCounterRooms(database);
  try {
    const [reader, credentials] = [app.get(CabinetReader), app.get(CredentialService)];
    const found = await cabinetsOf(reader, count);
    const ids = found.map(({ id }) => id);
    const [shelves, sold, weighing, goods] = await Promise.all([
      shelvesOf(database, ids),
      soldOf(database, ids),
      traysOf(database, ids),
      parcelGoods(database),
    ]);
    const identities: Provisioned[] = [];
    for (const { id: cabinetId, model, operatorId, channelPointId, bootNo } of found) {
      for (const { id, revokedAt } of await reader.credentialsOf([cabinetId]))
        if (revokedAt === null) await credentials.revoke(cabinetId, id, BY);
      const issued = await credentials.issue(cabinetId, BY);
      if (refused(issued)) throw new Error(issued.message.en);
      const memory = {
        bootNo: bootNo ?? 0,
        ...(sold.get(cabinetId) ?? { soldUnits: 0, soldFen: 0 }),
      };
      const shelf = shelves.get(cabinetId) ?? [];
      const trays = weighing.filter((goods) => goods.cabinetId === cabinetId);
      const parcels = model === 'LOCKER' ? goods : [];
      identities.push({ ...issued, model, operatorId, channelPointId, memory, shelf, trays, parcels });
    }
    return identities;
  } finally {
    await app.close();
  }
}
