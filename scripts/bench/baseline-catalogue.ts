import { type Rows, app, flag, list, object, pool, run, text, today, whole } from './baseline-server.js';

const counties = new Map<string, { code: string; name: string; isDesignated: boolean }>();

interface ListBody {
  readonly variables: { readonly first: number; readonly after: string | null };
}

interface ProductRow {
  readonly id: string;
  readonly name: string;
  readonly isPerishable: number;
  readonly priceFromFen: string;
  readonly sortedBy: string;
  readonly merchantId: string;
  readonly originCountyCode: string;
}

interface VariantRow {
  readonly id: string;
  readonly productId: string;
  readonly name: string;
  readonly netWeightG: number;
  readonly priceFen: string;
}

const variantSchema = object({
  id: text,
  name: text,
  netWeightG: whole,
  priceFen: text,
  pricePer500gFen: text,
  available: whole,
});
const productSchema = object({
  id: text,
  name: text,
  priceFromFen: text,
  isCertified: flag,
  isPerishable: flag,
  merchant: object({ id: text, name: text }),
  originCounty: object({ code: text, name: text }),
  variants: list(variantSchema),
});
const pageInfoSchema = object({ hasNextPage: flag, endCursor: { type: ['string', 'null'] } });
const listSchema = object({
  data: object({ products: object({ nodes: list(productSchema), pageInfo: pageInfoSchema }) }),
});

function pricePer500g(priceFen: string, netWeightG: number): string {
  const weight = BigInt(netWeightG);
  return String((BigInt(priceFen) * 1000n + weight) / (weight * 2n));
}

async function learnCounties(codes: readonly string[]): Promise<void> {
  const unknown = [...new Set(codes)].filter((code) => !counties.has(code));
  if (unknown.length === 0) return;
  const found = await run<Rows<{ code: string; name: string; isDesignated: number }>>(
    pool,
    'SELECT code, name, is_designated AS isDesignated FROM division WHERE code IN (?)',
    [unknown],
  );
  for (const county of found)
    counties.set(county.code, { ...county, isDesignated: county.isDesignated === 1 });
}

const PRODUCT_COLUMNS = `id, name, description, category_code AS categoryCode, is_perishable AS isPerishable, season_from AS seasonFrom,
  season_to AS seasonTo, price_from_fen AS priceFromFen, jin_price_from_fen AS jinPriceFromFen, sold_quantity AS soldQuantity,
  listed_at AS listedAt, merchant_id AS merchantId, origin_county_code AS originCountyCode`;

function variantsOf(ids: readonly string[]) {
  return run<Rows<VariantRow>>(
    pool,
    `SELECT id, product_id AS productId, name, net_weight_g AS netWeightG, price_fen AS priceFen
     FROM product_variant WHERE product_id IN (?) AND state = 'ON_SALE' ORDER BY product_id, position`,
    [ids],
  );
}

function merchantsOf(ids: readonly string[]) {
  return run<Rows<{ id: string; name: string }>>(
    pool,
    'SELECT id, name, kind, county_code AS countyCode, township_code AS townshipCode, state FROM merchant WHERE id IN (?)',
    [ids],
  );
}

/** While a presale takes orders for a variant, what one day of the harvest has room for stands in the place of stock. */
async function availableOf(variants: readonly VariantRow[]): Promise<ReadonlyMap<string, number>> {
  const [ids, day, now] = [variants.map((variant) => variant.id), today(), new Date()];
  const rows = await run<Rows<{ variantId: string; available: string; isPresold: number }>>(
    pool,
    `SELECT l.variant_id AS variantId, SUM(l.on_hand - l.reserved) AS available, 0 AS isPresold
     FROM stock_level l JOIN stock_location p ON p.id = l.location_id
     WHERE l.variant_id IN (?) AND p.kind = 'WAREHOUSE' AND l.best_before_on >= ? AND l.on_hand > l.reserved GROUP BY l.variant_id
     UNION ALL
     SELECT v.variant_id, COALESCE(MAX((d.capacity_g - d.reserved_g - d.shipped_g) DIV v.net_weight_g), 0), 1
     FROM presale_variant v JOIN presale p ON p.id = v.presale_id
     LEFT JOIN presale_day d ON d.presale_id = p.id AND d.day > ? AND d.capacity_g > d.reserved_g + d.shipped_g
     WHERE v.open_variant_id IN (?) AND p.orders_open_at <= ? AND p.orders_close_at > ? GROUP BY v.variant_id, v.net_weight_g`,
    [ids, day, day, ids, now, now],
  );
  const inTurn = rows.toSorted((a, b) => a.isPresold - b.isPresold);
  return new Map(inTurn.map((row) => [row.variantId, Number(row.available)]));
}

/** The first day of a presale that takes orders now on which there is room; null where there is none. */
async function presoldFor(productId: string): Promise<string | null> {
  const now = new Date();
  const rows = await run<Rows<{ id: string; ordersOpenAt: Date }>>(
    pool,
    `SELECT id, orders_open_at AS ordersOpenAt FROM presale
     WHERE product_id = ? AND state = 'OPEN' AND orders_close_at > ? ORDER BY first_on, id`,
    [productId, now],
  );
  const open = rows.find((row) => row.ordersOpenAt <= now);
  if (!open) return null;
  const [free] = await run<Rows<{ day: string }>>(
    pool,
    `SELECT day FROM presale_day WHERE presale_id = ? AND day > ? AND capacity_g > reserved_g + shipped_g ORDER BY day LIMIT 1`,
    [open.id, today()],
  );
  return free?.day ?? null;
}

interface CertificateRow {
  readonly productId: string;
  readonly scheme: string;
  readonly catalogueNo: string;
  readonly linkedPersonCount: number;
  readonly validTo: Date;
}

function certificatesOf(ids: readonly string[]) {
  const now = new Date();
  return run<Rows<CertificateRow>>(
    pool,
    `SELECT id, product_id AS productId, scheme, catalogue_no AS catalogueNo, batch_no AS batchNo,
       linked_person_count AS linkedPersonCount, commodity_value_fen AS commodityValueFen,
       valid_from AS validFrom, valid_to AS validTo
     FROM certification
     WHERE product_id IN (?) AND valid_from <= ? AND valid_to > ? AND (revoked_at IS NULL OR revoked_at > ?)
     ORDER BY valid_from, id`,
    [ids, now, now, now],
  );
}

function onShelf({ id, name, netWeightG, priceFen }: VariantRow, available: ReadonlyMap<string, number>) {
  const pricePer500gFen = pricePer500g(priceFen, netWeightG);
  return { id, name, netWeightG, priceFen, pricePer500gFen, available: available.get(id) ?? 0 };
}

async function products({ first, after }: ListBody['variables']) {
  const key =
    after === null
      ? null
      : (JSON.parse(Buffer.from(after, 'base64url').toString()) as [string, string, string]);
  const beyond = key ? ' AND (listed_at < ? OR (listed_at = ? AND id < ?))' : '';
  const rows = await run<Rows<ProductRow>>(
    pool,
    `SELECT ${PRODUCT_COLUMNS}, CAST(listed_at AS CHAR) AS sortedBy
     FROM product WHERE state = 'ON_SALE'${beyond} ORDER BY listed_at DESC, id DESC LIMIT ?`,
    [...(key ? [key[1], key[1], key[2]] : []), first + 1],
  );
  const page = rows.slice(0, first);
  const ids = page.map((row) => row.id);
  const [variants, merchants] = await Promise.all([
    variantsOf(ids),
    merchantsOf([...new Set(page.map((row) => row.merchantId))]),
    learnCounties(page.map((row) => row.originCountyCode)),
  ]);
  const [available, certificates] = await Promise.all([availableOf(variants), certificatesOf(ids)]);
  const merchantById = new Map(merchants.map((merchant) => [merchant.id, merchant]));
  const certified = new Set(certificates.map((row) => row.productId));
  const shelves = new Map<string, object[]>(ids.map((id) => [id, []]));
  for (const variant of variants) shelves.get(variant.productId)?.push(onShelf(variant, available));
  const nodes = page.map((row) => ({
    id: row.id,
    name: row.name,
    priceFromFen: row.priceFromFen,
    isCertified: certified.has(row.id),
    isPerishable: row.isPerishable === 1,
    merchant: merchantById.get(row.merchantId),
    originCounty: counties.get(row.originCountyCode),
    variants: shelves.get(row.id),
  }));
  const last = page.at(-1);
  const endCursor = last
    ? Buffer.from(JSON.stringify(['NEWEST', last.sortedBy, last.id])).toString('base64url')
    : null;
  return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor } };
}

app.post<{ Body: ListBody }>(
  '/products',
  {
    schema: {
      body: object({
        variables: object({
          first: { type: 'integer', minimum: 1, maximum: 100 },
          after: { type: ['string', 'null'] },
        }),
      }),
      response: { 200: listSchema },
    },
  },
  async (request) => ({ data: { products: await products(request.body.variables) } }),
);

interface WholeProductRow extends ProductRow {
  readonly description: string;
  readonly categoryCode: string;
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
}

interface WindowRow {
  readonly opensOn: string;
  readonly closesOn: string;
}

interface HarvestRow {
  readonly traceCode: string;
  readonly originCountyCode: string;
  readonly linkageAgreementId: string | null;
  readonly harvestedOn: string;
  readonly bestBeforeOn: string | null;
}

/** Of the rules in force, the closest to the sale; of its versions, the latest. */
async function householdBpsOf(productId: string, merchantId: string): Promise<number> {
  const [product, merchant] = [`P:${productId}`, `M:${merchantId}`];
  const scopes = [`${product}/C:ONLINE`, product, `${merchant}/C:ONLINE`, merchant, 'C:ONLINE', '*'];
  const rules = await run<Rows<{ scopeKey: string; version: number; householdBps: number }>>(
    pool,
    `SELECT id, version, scope_key AS scopeKey, merchant_bps AS merchantBps, household_bps AS householdBps, effective_from AS effectiveFrom
     FROM split_rule WHERE scope_key IN (?) AND state = 'PUBLISHED' AND effective_from <= ?`,
    [scopes, new Date()],
  );
  const [closest] = rules.toSorted(
    (a, b) => scopes.indexOf(a.scopeKey) - scopes.indexOf(b.scopeKey) || b.version - a.version,
  );
  return closest?.householdBps ?? 0;
}

async function householdsOf(batches: readonly HarvestRow[]): Promise<number> {
  const agreements = batches.flatMap((batch) => batch.linkageAgreementId ?? []);
  if (agreements.length === 0) return 0;
  const rows = await run<Rows<{ householdId: string; weight: number }>>(
    pool,
    `SELECT h.household_id AS householdId, h.weight FROM linkage_agreement a JOIN linkage_household h ON h.agreement_id = a.id
     WHERE a.id IN (?) AND a.signed_at IS NOT NULL AND a.starts_on <= ? AND (a.ends_before IS NULL OR a.ends_before > ?)`,
    [[...new Set(agreements)], today(), today()],
  );
  return new Set(rows.filter((row) => row.weight > 0).map((row) => row.householdId)).size;
}

async function product(id: string) {
  const [row] = await run<Rows<WholeProductRow>>(
    pool,
    `SELECT ${PRODUCT_COLUMNS} FROM product WHERE id = ? AND state = 'ON_SALE'`,
    [id],
  );
  if (!row) return null;
  const day = today();
  const [variants, [merchant], [certificate], [category], ahead, presold, batches, householdBps] =
    await Promise.all([
      variantsOf([id]),
      merchantsOf([row.merchantId]),
      certificatesOf([id]),
      run<Rows<object>>(
        pool,
        'SELECT code, name_zh AS nameZh, name_en AS nameEn FROM category WHERE code = ?',
        [row.categoryCode],
      ),
      run<Rows<WindowRow>>(
        pool,
        `SELECT opens_on AS opensOn, closes_on AS closesOn FROM harvest_window WHERE product_id = ? AND closes_on >= ?
       ORDER BY opens_on, id LIMIT 10`,
        [id, day],
      ),
      presoldFor(id),
      run<Rows<HarvestRow>>(
        pool,
        `SELECT trace_code AS traceCode, origin_county_code AS originCountyCode, linkage_agreement_id AS linkageAgreementId,
         harvested_on AS harvestedOn, best_before_on AS bestBeforeOn FROM product_batch WHERE product_id = ?
       ORDER BY harvested_on DESC, id DESC LIMIT 10`,
        [id],
      ),
      householdBpsOf(id, row.merchantId),
    ]);
  const days = batches.map((batch) => batch.harvestedOn).toSorted();
  const [available, households, picked] = await Promise.all([
    availableOf(variants),
    householdsOf(batches),
    run<Rows<WindowRow>>(
      pool,
      'SELECT opens_on AS opensOn, closes_on AS closesOn FROM harvest_window WHERE product_id = ? AND closes_on >= ? AND opens_on <= ? ORDER BY opens_on, id',
      [id, days[0] ?? day, days.at(-1) ?? day],
    ),
    learnCounties([row.originCountyCode, ...batches.map((batch) => batch.originCountyCode)]),
  ]);
  const [next] = ahead;
  const inStock = [...available.values()].some((free) => free > 0);
  const later = next ? { basis: 'HARVEST', notBefore: next.opensOn > day ? next.opensOn : day } : null;
  return {
    ...row,
    isPerishable: row.isPerishable === 1,
    merchant,
    category,
    originCounty: counties.get(row.originCountyCode),
    certification: certificate ? { ...certificate, validTo: certificate.validTo.toISOString() } : null,
    variants: variants.map((variant) => onShelf(variant, available)),
    harvestWindows: ahead.map((window) => ({ village: null, ...window, isOpen: window.opensOn <= day })),
    linkedHouseholdCount: households >= 5 ? households : null,
    householdShareBps: households > 0 ? householdBps : null,
    expectedDispatch: presold
      ? { basis: 'PRESALE', notBefore: presold }
      : inStock
        ? { basis: 'IN_STOCK', notBefore: null }
        : later,
    batches: batches.map((batch) => ({
      ...batch,
      originCounty: counties.get(batch.originCountyCode),
      originVillage: null,
      harvestWindow:
        picked.find(
          ({ opensOn, closesOn }) => opensOn <= batch.harvestedOn && closesOn >= batch.harvestedOn,
        ) ?? null,
    })),
  };
}

const maybe = (type: string) => ({ type: [type, 'null'] }) as const;
const nullable = (properties: object) => ({ type: ['object', 'null'], properties, nullable: true }) as const;
const county = { code: text, name: text };
const pageSchema = object({
  data: object({
    product: nullable({
      id: text,
      name: text,
      description: text,
      category: object({ code: text, nameZh: text, nameEn: text }),
      merchant: object({ id: text, name: text }),
      originCounty: object({ ...county, isDesignated: flag }),
      isPerishable: flag,
      seasonFrom: maybe('integer'),
      seasonTo: maybe('integer'),
      certification: nullable({
        scheme: text,
        catalogueNo: text,
        linkedPersonCount: whole,
        validTo: text,
      }),
      variants: list(variantSchema),
      harvestWindows: list(
        object({ village: nullable(county), opensOn: text, closesOn: text, isOpen: flag }),
      ),
      linkedHouseholdCount: maybe('integer'),
      householdShareBps: maybe('integer'),
      expectedDispatch: nullable({ basis: text, notBefore: maybe('string') }),
      batches: list(
        object({
          traceCode: text,
          originCounty: object(county),
          originVillage: nullable(county),
          harvestedOn: text,
          bestBeforeOn: maybe('string'),
          harvestWindow: nullable({ opensOn: text, closesOn: text }),
        }),
      ),
    }),
  }),
});

app.post<{ Body: { variables: { id: string } } }>(
  '/product',
  {
    schema: { body: object({ variables: object({ id: text }) }), response: { 200: pageSchema } },
  },
  async (request) => ({ data: { product: await product(request.body.variables.id) } }),
);
