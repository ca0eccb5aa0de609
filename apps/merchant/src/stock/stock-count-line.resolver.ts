import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BatchReader, VariantReader } from '#libs/catalog';
import type { GraphqlContext } from '#platform/graphql';
import { type GoodsLine, batchOf, variantOf } from './stock-line.loader.js';

@Resolver('StockCountLine')
export class StockCountLineResolver {
  constructor(
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
  ) {}

  @ResolveField()
  variant(@Parent() line: GoodsLine, @Context() context: GraphqlContext) {
    return variantOf(line, this.variants, context);
  }

  @ResolveField()
  batch(@Parent() line: GoodsLine, @Context() context: GraphqlContext) {
    return batchOf(line, this.batches, context);
  }
}
