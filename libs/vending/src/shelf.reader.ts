import { Injectable } from '@nestjs/common';
import { BatchReader, VariantReader } from '#libs/catalog';
import { CabinetReader } from '#libs/counter';
import { SlotStockReader, type SlotStockRow } from '#libs/inventory';
import { type Fen, fen } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx } from '#platform/database';

export interface PlannedRow {
  readonly cabinetId: string;
  readonly slotCode: string;
  readonly variantId: string;
  readonly priceFen: Fen;
  readonly parLevel: number;
  /** What one weighs with its packing, where the tray weighs; so is the next. */
  readonly unitG: number | null;
  readonly toleranceG: number | null;
}

/** A planned slot with what it is for and what lies in it. */
export interface ShelfRow extends PlannedRow {
  readonly productId: string;
  readonly productName: string;
  readonly variantName: string;
  readonly netWeightG: number;
  readonly merchantId: string;
  /** Whether it may be sold now: also by its seller's state and licences on this day, whatever the lists say yet. */
  readonly isOnSale: boolean;
  readonly batches: readonly (SlotStockRow & { readonly traceCode: string })[];
}

/** What the slots of cabinets are for and hold. Of cabinets that were found within a scope. */
@Injectable()
export class VendingShelfReader {
  constructor(
    private readonly database: Database,
    private readonly cabinets: CabinetReader,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
    private readonly stock: SlotStockReader,
    private readonly merchants: MerchantReader,
  ) {}

  async revisionsOf(cabinetIds: readonly string[]): Promise<{ cabinetId: string; revision: number }[]> {
    if (cabinetIds.length === 0) return [];
    return this.database.query(
      'SELECT cabinet_id AS cabinetId, revision FROM planogram WHERE cabinet_id IN (?)',
      [cabinetIds],
    );
  }

  /** In the order of their slots. Seven statements, however many. */
  async ofCabinets(cabinetIds: readonly string[]): Promise<ShelfRow[]> {
    const [planned, cabinets] = await Promise.all([
      this.plannedIn(cabinetIds),
      this.cabinets.placesOf(cabinetIds),
    ]);
    const stock = await this.stock.ofPoints(cabinets.map(({ channelPointId }) => channelPointId));
    const variants = await this.variants.byIds([...new Set(planned.map(({ variantId }) => variantId))]);
    const [batches, sellers] = await Promise.all([
      this.batches.byIds([...new Set(stock.map(({ batchId }) => batchId))]),
      this.merchants.byIds([...new Set(variants.map(({ merchantId }) => merchantId))]),
    ]);
    const selling = new Set<string>(sellers.flatMap(({ id, isSelling }) => (isSelling ? [id] : [])));
    const pointOf = new Map<string, string>(cabinets.map(({ id, channelPointId }) => [id, channelPointId]));
    const variantOf = new Map<string, (typeof variants)[number]>(variants.map((each) => [each.id, each]));
    const traceOf = new Map<string, string>(batches.map(({ id, traceCode }) => [id, traceCode]));
    return planned.flatMap((plan): ShelfRow[] => {
      const variant = variantOf.get(plan.variantId);
      if (!variant) return [];
      const { productId, productName, name: variantName, netWeightG, merchantId } = variant;
      const isOnSale = variant.isOnSale && selling.has(merchantId);
      const here = stock
        .filter(
          ({ channelPointId, slotCode, variantId }) =>
            channelPointId === pointOf.get(plan.cabinetId) &&
            slotCode === plan.slotCode &&
            variantId === plan.variantId,
        )
        .map((row) => ({ ...row, traceCode: traceOf.get(row.batchId) ?? '' }));
      return [
        { ...plan, productId, productName, variantName, netWeightG, merchantId, isOnSale, batches: here },
      ];
    });
  }

  /** What any of them is for. */
  async variantsPlanned(cabinetIds: readonly string[], on: Pick<Tx, 'query'>): Promise<string[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await on.query<{ id: string }>(
      `SELECT variant_id AS id FROM planogram_slot WHERE cabinet_id IN (?)
       UNION SELECT variant_id FROM tray_good WHERE cabinet_id IN (?)`,
      [cabinetIds, cabinetIds],
    );
    return rows.map(({ id }) => id);
  }

  private async plannedIn(cabinetIds: readonly string[]): Promise<PlannedRow[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await this.database.query<Omit<PlannedRow, 'priceFen'> & { priceFen: string }>(
      `SELECT g.cabinet_id AS cabinetId, g.slot_code AS slotCode, g.variant_id AS variantId, g.price_fen AS priceFen, g.par_level AS parLevel,
         NULL AS unitG, NULL AS toleranceG FROM planogram_slot g WHERE g.cabinet_id IN (?)
       UNION ALL SELECT t.cabinet_id, t.slot_code, t.variant_id, t.price_fen, t.par_level, t.unit_g, t.tolerance_g
       FROM tray_good t WHERE t.cabinet_id IN (?) ORDER BY variantId`,
      [cabinetIds, cabinetIds],
    );
    const keyOf = (cabinetId: string, slotCode: string) => `${cabinetId}/${slotCode}`;
    const rowsOf = new Map<string, typeof rows>();
    for (const row of rows) {
      const key = keyOf(row.cabinetId, row.slotCode);
      rowsOf.set(key, [...(rowsOf.get(key) ?? []), row]);
    }
    // A slot that the cabinet no longer has is nobody's.
    return (await this.cabinets.slotsOf(cabinetIds)).flatMap(({ cabinetId, code }) =>
      (rowsOf.get(keyOf(cabinetId, code)) ?? []).map((row) => ({ ...row, priceFen: fen(row.priceFen) })),
    );
  }
}
