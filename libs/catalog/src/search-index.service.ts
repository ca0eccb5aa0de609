import { Injectable } from '@nestjs/common';
import { DivisionReader } from '#libs/division';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx } from '#platform/database';
import { CategoryReader } from './category.reader.js';
import { ProductRepository, type ProductText } from './product.repository.js';
import { ProductSearchGateway, type SearchDocument } from './product-search.gateway.js';
import { aliasesOf } from './search-synonym.rules.js';

/** A transaction writes so many documents; a rebuild holds none of their products longer than that takes. */
const DOCUMENTS_PER_TRANSACTION = 200;

/** Names of what stands around products: they change far more rarely than products, and are read before a transaction begins. */
export interface Surroundings {
  readonly categories: ReadonlyMap<string, readonly string[]>;
  readonly counties: ReadonlyMap<string, string>;
  readonly merchants: ReadonlyMap<string, string>;
}

/** Keeps what products are found by. */
@Injectable()
export class SearchIndexService {
  constructor(
    private readonly database: Database,
    private readonly products: ProductRepository,
    private readonly index: ProductSearchGateway,
    private readonly categories: CategoryReader,
    private readonly divisions: DivisionReader,
    private readonly merchants: MerchantReader,
  ) {}

  /** Asked before the transaction: waiting for a second connection while holding one could be for ever. */
  async surroundingsOf(products: readonly Omit<ProductText, 'id' | 'name'>[]): Promise<Surroundings> {
    const distinct = (key: 'categoryCode' | 'originCountyCode' | 'merchantId') => [
      ...new Set(products.map((product) => product[key])),
    ];
    const [categories, counties, merchants] = await Promise.all([
      this.categories.byCodes(distinct('categoryCode')),
      this.divisions.byCodes(distinct('originCountyCode')),
      this.merchants.byIds(distinct('merchantId')),
    ]);
    return {
      categories: new Map(categories.map(({ code, nameZh, nameEn }) => [code, [nameZh, nameEn]])),
      counties: new Map(counties.map(({ code, name }) => [code, name])),
      merchants: new Map(merchants.map(({ id, name }) => [id, name])),
    };
  }

  /** In the transaction that changes them. */
  put(tx: Tx, products: readonly ProductText[], around: Surroundings): Promise<void> {
    return this.index.put(
      tx,
      products.map((product) => documentOf(product, around)),
    );
  }

  /** In the transaction that puts them on sale or takes them off. */
  touch(tx: Tx, productIds: readonly string[]): Promise<void> {
    return this.index.touch(tx, productIds);
  }

  /** Price summaries of products that came without: what has been loaded from files. */
  summarisePrices(): Promise<void> {
    return this.database.transaction((tx) => this.products.summariseMissing(tx));
  }

  /** Makes every document again, as after a change of synonyms; searches go on meanwhile. Returns how many. */
  async rebuild(): Promise<number> {
    let count = 0;
    let after = '';
    for (;;) {
      const page = await this.products.textsAfter(this.database, after, DOCUMENTS_PER_TRANSACTION);
      const last = page.at(-1);
      if (!last) return count;
      const around = await this.surroundingsOf(page);
      const ids = page.map(({ id }) => id);
      await this.database.transaction(async (tx) => {
        // Read again under their locks: whoever renames one meanwhile writes its document before or after, not in between.
        await this.put(tx, await this.products.lockTexts(tx, ids), around);
      });
      count += page.length;
      after = last.id;
    }
  }
}

function documentOf(product: ProductText, around: Surroundings): SearchDocument {
  const { categoryCode, name, originCountyCode, merchantId } = product;
  return {
    productId: product.id,
    name,
    about: [
      ...(around.categories.get(categoryCode) ?? []),
      around.counties.get(originCountyCode) ?? '',
      ...aliasesOf(name, categoryCode),
    ],
    seller: around.merchants.get(merchantId) ?? '',
  };
}
