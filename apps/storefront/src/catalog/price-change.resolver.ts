import { Args, Query, Resolver } from '@nestjs/graphql';
import { PRICE_CHANGE_KEY_PARTS, PriceChangeReader, type PriceChangeRow } from '#libs/catalog';
import { type Page, pageRequest } from '#libs/kernel';
import { Public } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PriceHistoryArgs {
  readonly productId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** Everybody may see what something used to cost, and why it costs so much. */
@Resolver()
export class PriceChangeResolver {
  constructor(private readonly reader: PriceChangeReader) {}

  @Query()
  @Public()
  priceHistory(@Args() { productId, first, after }: PriceHistoryArgs): Promise<Page<PriceChangeRow>> {
    return this.reader.page(productId, orThrow(pageRequest(first, after, PRICE_CHANGE_KEY_PARTS)));
  }
}
