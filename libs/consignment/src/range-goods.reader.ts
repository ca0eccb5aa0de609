import { Injectable } from '@nestjs/common';
import { type SearchFindings, SearchService } from '#libs/catalog';
import { PlaceReader } from '#libs/channel';
import { type ShelfProduct, ShelfReader } from '#libs/inventory';
import { type DomainError, type Page, type PageRequest, refused } from '#libs/kernel';
import { RangeOfferReader, type RangeOfferRow } from './range-offer.reader.js';

/** Goods on sale, beside what an operator has asked or agreed on of them for one place. */
export interface RangeGoods {
  readonly product: ShelfProduct;
  /** Null where nothing is asked for or agreed to. */
  readonly offer: RangeOfferRow | null;
}

const EXTRAS = { stock: false, certification: true };

/** What an operator chooses from for a place. */
@Injectable()
export class RangeGoodsReader {
  constructor(
    private readonly places: PlaceReader,
    private readonly searches: SearchService,
    private readonly shelf: ShelfReader,
    private readonly offers: RangeOfferReader,
  ) {}

  /** What answers best to what is looked for, or what sells most where nothing is. Null for anybody else's place. */
  async page(
    placeId: string,
    text: string,
    request: PageRequest,
    merchantIds: readonly string[],
  ): Promise<Page<RangeGoods> | DomainError | null> {
    const place = await this.places.byId(placeId, { merchantIds });
    if (!place || place.operatorId === null) return null;
    const found = await this.found(text, request);
    if (refused(found)) return found;
    const offers = await this.offers.openAt(
      place.id,
      found.nodes.map(({ id }) => id),
    );
    const byProduct = new Map<string, RangeOfferRow>(offers.map((offer) => [offer.productId, offer]));
    const nodes = found.nodes.map((product) => ({ product, offer: byProduct.get(product.id) ?? null }));
    return { nodes, pageInfo: found.pageInfo };
  }

  private async found(text: string, request: PageRequest): Promise<Page<ShelfProduct> | DomainError> {
    if (text.trim() === '') return this.shelf.page({}, 'SOLD', request, EXTRAS);
    const findings: SearchFindings | DomainError = await this.searches.find(text);
    return refused(findings) ? findings : this.shelf.ranked(findings.hits, {}, request, EXTRAS);
  }
}
