import { StockService } from '#libs/inventory';
import { type BatchId, type GoodsGrade, type ProductId, ProductService, type VariantId } from '#libs/catalog';
import { type Clock, type IdOf, newId, refused } from '#libs/kernel';
import type { Database } from '#platform/database';
import type { World } from '../harness/world.js';
import { makeMerchant } from './merchant.make.js';

/** What a maker of goods needs of a world, or of rooms. */
export type Ground = Pick<World, 'get'> & { readonly database: Database; readonly clock: Clock };

export interface BatchOptions {
  readonly quantity: number;
  readonly bestBeforeOn?: string | null;
  readonly originCountyCode?: string;
  readonly originVillageCode?: string | null;
  readonly linkageAgreementId?: string | null;
}

export interface ProductOptions {
  readonly merchantId?: IdOf<'mer'>;
  readonly name?: string;
  readonly categoryCode?: string;
  /** What its price is compared with. */
  readonly kindCode?: string;
  readonly grade?: GoodsGrade;
  readonly originCountyCode?: string;
  readonly isPerishable?: boolean;
  readonly state?: 'DRAFT' | 'ON_SALE' | 'OFF_SALE';
  /** First and last month. */
  readonly season?: readonly [number, number];
  /** One variant per price; all of them of every batch. */
  readonly pricesFen?: readonly bigint[];
  readonly netWeightG?: number;
  readonly batches?: readonly BatchOptions[];
}

export interface MadeProduct {
  readonly productId: ProductId;
  readonly merchantId: IdOf<'mer'>;
  readonly variantIds: readonly VariantId[];
  readonly variantId: VariantId;
  readonly batchIds: readonly BatchId[];
}

/** A product on sale with a hundred boxes of each variant. */
export async function makeProduct(ground: Ground, options: ProductOptions = {}): Promise<MadeProduct> {
  const { pricesFen = [10_000n], netWeightG = 2500, batches = [{ quantity: 100 }] } = options;
  const merchantId = options.merchantId ?? (await makeMerchant(ground)).id;
  const batchIds = batches.map(() => newId('bat'));
  const now = ground.clock.now();
  const originCountyCode = options.originCountyCode ?? '430225';
  const categoryCode = options.categoryCode ?? 'FRUIT';
  await ground.database.transaction((tx) =>
    tx.write('INSERT IGNORE INTO category (code, name_zh, name_en, position) VALUES (?, ?, ?, 1)', [
      categoryCode,
      '鲜果',
      'Fresh fruit',
    ]),
  );
  const listed = await ground.get(ProductService).list({
    merchantId,
    categoryCode,
    kindCode: options.kindCode ?? null,
    name: options.name ?? '炎陵黄桃',
    description: '海拔八百米的晚熟黄桃。',
    originCountyCode,
    isPerishable: options.isPerishable ?? true,
    seasonFrom: options.season?.[0] ?? null,
    seasonTo: options.season?.[1] ?? null,
    state: options.state ?? 'ON_SALE',
    variants: pricesFen.map((priceFen, position) => ({
      sku: newId('var'),
      name: `第 ${position + 1} 种`,
      grade: options.grade ?? 'UNGRADED',
      netWeightG,
      priceFen,
    })),
  });
  if (refused(listed)) throw new Error(listed.message.en);
  const { id: productId } = listed.product;
  const variantIds = listed.variants.map(({ id }) => id);
  // Nobody writes batches yet but the installer, so neither is there a service to call.
  await ground.database.transaction(async (tx) => {
    const rows = batches.map((batch, index) => ({
      id: batchIds[index] ?? '',
      productId,
      traceCode: batchIds[index] ?? '',
      originCountyCode: batch.originCountyCode ?? originCountyCode,
      originVillageCode: batch.originVillageCode ?? null,
      linkageAgreementId: batch.linkageAgreementId ?? null,
      harvestedOn: '2026-10-20',
      bestBeforeOn: batch.bestBeforeOn === undefined ? '2026-12-31' : batch.bestBeforeOn,
      createdAt: now,
    }));
    await tx.insert('product_batch', rows);
  });
  for (const [index, { quantity }] of batches.entries()) {
    for (const variantId of variantIds) {
      const receipt = { variantId, batchId: batchIds[index] ?? '', quantity, causeKey: 'first-delivery' };
      const level = quantity > 0 ? await ground.get(StockService).receive([merchantId], receipt) : null;
      if (refused(level)) throw new Error(level.message.en);
    }
  }
  return { productId, merchantId, variantIds, variantId: variantIds[0] ?? 'var_none', batchIds };
}

export interface CertificationOptions {
  readonly scheme?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly revokedAt?: string | null;
}

/** A certificate that is valid all through 2026 unless said otherwise. */
export async function makeCertification(
  ground: Ground,
  productId: string,
  options: CertificationOptions = {},
): Promise<string> {
  const id = newId('crt');
  const {
    scheme = 'CITY_2024',
    validFrom = '2026-01-01T00:00:00Z',
    validTo = '2027-01-01T00:00:00Z',
  } = options;
  const { revokedAt = null } = options;
  const row = {
    id,
    productId,
    scheme,
    catalogueNo: id,
    batchNo: 1,
    linkedPersonCount: 120,
    commodityValueFen: 1_000_000n,
    validFrom: new Date(validFrom),
    validTo: new Date(validTo),
    revokedAt: revokedAt === null ? null : new Date(revokedAt),
  };
  await ground.database.transaction((tx) => tx.insert('certification', [row]));
  return id;
}

/** Yellow peaches unless said, kept by Yanling; recorded prices are their county's business. */
export async function makeGoodsKind(
  { database }: Pick<Ground, 'database'>,
  { code = 'YELLOW_PEACH', keeperCode = '430225' } = {},
): Promise<string> {
  await database.transaction((tx) =>
    tx.write(
      `INSERT IGNORE INTO goods_kind (code, category_code, keeper_code, name_zh, name_en, position) VALUES (?, 'FRUIT', ?, '黄桃', 'Yellow peaches', 1)`,
      [code, keeperCode],
    ),
  );
  return code;
}
