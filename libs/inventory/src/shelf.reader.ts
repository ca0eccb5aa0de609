import { Injectable } from '@nestjs/common';
import {
  CertificationReader,
  type CertificationRow,
  type ProductFilter,
  ProductReader,
  type ProductRow,
  type VariantRow,
} from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import { Clock, type Page, type PageRequest } from '#libs/kernel';
import { StockReader } from './stock.reader.js';

export interface ShelfFilter extends Omit<ProductFilter, 'productIds'> {
  /** What a place of sale shows. */
  readonly channelPointId?: string | null;
}

/** Each costs a statement, so a door says what was asked for. */
export interface ShelfExtras {
  readonly stock: boolean;
  readonly certification: boolean;
}

export interface ShelfVariant extends VariantRow {
  /** What can be bought for delivery now; 0 unless asked for. */
  readonly available: number;
}

export interface ShelfProduct extends Omit<ProductRow, 'variants'> {
  readonly variants: readonly ShelfVariant[];
  readonly isCertified: boolean;
  /** The certificate that counts now, if there is one and it was asked for. */
  readonly certification: CertificationRow | null;
}

/** What the shop and its places of sale show: products, and what is left of them. */
@Injectable()
export class ShelfReader {
  constructor(
    private readonly products: ProductReader,
    private readonly stock: StockReader,
    private readonly certifications: CertificationReader,
    private readonly channelPoints: ChannelPointReader,
    private readonly clock: Clock,
  ) {}

  /** Newest first. Three statements a page, one more for each extra and for a place of sale. */
  async page(
    { channelPointId, ...filter }: ShelfFilter,
    request: PageRequest,
    extras: ShelfExtras,
  ): Promise<Page<ShelfProduct>> {
    const productIds = channelPointId ? await this.channelPoints.productIdsOf(channelPointId) : null;
    const { nodes, pageInfo } = await this.products.page({ ...filter, productIds }, request);
    return { nodes: await this.fill(nodes, extras), pageInfo };
  }

  /** Null unless on sale. */
  async byId(id: string, extras: ShelfExtras): Promise<ShelfProduct | null> {
    const product = await this.products.byId(id);
    const [filled] = await this.fill(product ? [product] : [], extras);
    return filled ?? null;
  }

  /** In the order asked for; what is not on sale is missing. */
  async byIds(ids: readonly string[], extras: ShelfExtras): Promise<ShelfProduct[]> {
    return this.fill(await this.products.byIds(ids), extras);
  }

  /** What buyers have received most of. */
  async mostSold(count: number, extras: ShelfExtras): Promise<ShelfProduct[]> {
    return this.byIds(await this.products.mostSoldIds(count), extras);
  }

  private async fill(products: readonly ProductRow[], extras: ShelfExtras): Promise<ShelfProduct[]> {
    const variantIds = products.flatMap((product) => product.variants.map((variant) => variant.id));
    const productIds = products.map((product) => product.id);
    const [available, certificates] = await Promise.all([
      this.stock.availableOf(extras.stock ? variantIds : []),
      this.certifications.validAt(extras.certification ? productIds : [], this.clock.now()),
    ]);
    return products.map((product) => {
      const certification = certificates.get(product.id) ?? null;
      const variants = product.variants.map((variant) => onShelf(variant, available.get(variant.id) ?? 0));
      return productOnShelf(product, variants, certification);
    });
  }
}

// Both are written out, because copying a row by spreading costs several times as much, and a page has dozens of them.

function productOnShelf(
  product: ProductRow,
  variants: readonly ShelfVariant[],
  certification: CertificationRow | null,
): ShelfProduct {
  const { id, name, description, categoryCode, isPerishable, seasonFrom, seasonTo } = product;
  const { priceFromFen, listedAt, merchant, originCounty } = product;
  return {
    id,
    name,
    description,
    categoryCode,
    isPerishable,
    seasonFrom,
    seasonTo,
    priceFromFen,
    listedAt,
    merchant,
    originCounty,
    variants,
    certification,
    isCertified: certification !== null,
  };
}

function onShelf(variant: VariantRow, available: number): ShelfVariant {
  const { id, productId, name, netWeightG, priceFen, pricePer500gFen } = variant;
  return { id, productId, name, netWeightG, priceFen, pricePer500gFen, available };
}
