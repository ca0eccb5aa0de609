import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import type { PubSub } from 'mercurius';
import {
  STOCK_MOVED_TOPIC,
  type StockMoved,
  StockReader,
  StockWatchService,
  type VariantStock,
  type Watch,
  stockOf,
  watchedAmong,
} from '#libs/inventory';
import { Public } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface Told {
  readonly variants: readonly VariantStock[];
}

@Resolver('VariantStock')
export class StockChangedResolver {
  constructor(
    private readonly stock: StockReader,
    private readonly watches: StockWatchService,
  ) {}

  @Subscription('stockChanged', { resolve: ({ variants }: Told) => variants })
  @Public()
  async stockChanged(
    @Args('variantIds') asked: readonly string[],
    @Context() { pubsub, loaders }: GraphqlContext & { readonly pubsub: PubSub },
  ): Promise<AsyncIterableIterator<Told>> {
    // A socket has one set of loaders as long as it lives: that is what it is known by.
    const watch = orThrow<Watch>(this.watches.begin(loaders, asked));
    try {
      // Heard first and read afterwards, so that nothing falls in between.
      const moves = (await pubsub.subscribe(STOCK_MOVED_TOPIC)) as unknown as AsyncIterable<StockMoved>;
      const available = await this.stock.availableOf(watch.variantIds);
      return told(moves[Symbol.asyncIterator](), watch, stockOf(watch.variantIds, available));
    } catch (error) {
      watch.end(); // Nobody watches: the limit must not remember it.
      throw error;
    }
  }
}

/** How it stands, and then what moves of it. Written out, because a generator that nobody has begun to read does not tell when it is dropped. */
function told(
  moves: AsyncIterator<StockMoved>,
  { variantIds, end }: Watch,
  standing: readonly VariantStock[],
): AsyncIterableIterator<Told> {
  const watched = new Set(variantIds);
  let first: readonly VariantStock[] | null = standing;
  const finish = (): IteratorReturnResult<undefined> => {
    end();
    return { done: true, value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (first) {
        const variants = first;
        first = null;
        return { done: false, value: { variants } };
      }
      for (;;) {
        const move = await moves.next();
        if (move.done) return finish();
        const variants = watchedAmong(move.value.variants, watched);
        if (variants) return { done: false, value: { variants } };
      }
    },
    async return() {
      await moves.return?.();
      return finish();
    },
  };
}
