import { Injectable } from '@nestjs/common';
import { ProductFacetReader, type ProductFacets, type SchemeCount } from '#libs/catalog';
import { CHANNEL_KINDS, type ChannelKind, listedPart } from '#libs/channel';
import { Clock, businessDay } from '#libs/kernel';
import { availablePart, presoldPart } from './available-part.rules.js';
import { type ShelfFilter, ShelfReader } from './shelf.reader.js';

/** What a list is narrowed to, and what a search has found of it; null for the whole shop. */
export interface ShelfWish {
  readonly filter: ShelfFilter;
  readonly among: readonly string[] | null;
}

export interface ChannelCount {
  readonly kind: ChannelKind;
  readonly productCount: number;
}

/** What one could narrow by next on the shelf: what the catalogue counts, what can be bought, and through which kind of place. */
@Injectable()
export class ShelfFacetReader {
  constructor(
    private readonly shelf: ShelfReader,
    private readonly facets: ProductFacetReader,
    private readonly clock: Clock,
  ) {}

  /** What the catalogue itself counts. */
  async of({ filter, among }: ShelfWish): Promise<ProductFacets> {
    return this.facets.of(await this.shelf.narrowAll(filter, among));
  }

  /** Of what every other condition lets through, in which catalogues it is certified. One statement. */
  async schemes({ filter, among }: ShelfWish): Promise<SchemeCount[]> {
    return this.facets.schemes(await this.shelf.narrowAll(filter, among));
  }

  /** Of what every other condition lets through, what can be ordered now: from stock, or of a harvest that takes orders and has room. One statement. */
  async availableCount({ filter, among }: ShelfWish): Promise<number> {
    const narrowed = await this.shelf.narrow(filter, among);
    const now = this.clock.now();
    const part = {
      key: 'available',
      ...availablePart({ now, day: businessDay(now) }, narrowed.productIds ?? null),
    };
    const [count = 0] = await this.facets.countEach(narrowed, [part], []);
    return count;
  }

  /** Of what every other condition lets through, what a presale takes orders for now, whether it has room or not. One statement. */
  async presoldCount({ filter, among }: ShelfWish): Promise<number> {
    const narrowed = await this.shelf.narrowAll({ ...filter, isPresold: null }, among);
    const part = { key: 'presold', ...presoldPart(this.clock.now()) };
    const [count = 0] = await this.facets.countEach(narrowed, [part], []);
    return count;
  }

  /** Of what every other condition lets through, what each kind of open place shows; kinds that show nothing are left out. One statement. */
  async channels({ filter, among }: ShelfWish): Promise<ChannelCount[]> {
    const narrowed = await this.shelf.narrowAll(filter, among);
    const divisionCode = filter.channelDivisionCode ?? null;
    const today = businessDay(this.clock.now());
    const parts = CHANNEL_KINDS.map((kind) => ({
      key: 'channel',
      ...listedPart({ kind, divisionCode }, today),
    }));
    const counts = await this.facets.countEach(narrowed, parts, ['channel']);
    return CHANNEL_KINDS.map((kind, index) => ({ kind, productCount: counts[index] ?? 0 })).filter(
      ({ productCount }) => productCount > 0,
    );
  }
}
