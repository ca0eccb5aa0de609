import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphqlContext } from '#platform/graphql';
import { MerchantStandingReader, type SuspensionRow } from '../merchant-standing.reader.js';
import type { MerchantRow } from '../merchant.reader.js';

/** Not the buyer's: why a seller may not sell is told to the seller and to officials. */
@Resolver('Merchant')
export class MerchantStandingFieldResolver {
  constructor(private readonly standing: MerchantStandingReader) {}

  @ResolveField()
  suspension(
    @Parent() { id }: MerchantRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<SuspensionRow | null> {
    const { standing } = this;
    return loaders
      .byId(
        MerchantStandingReader,
        (ids) => standing.suspensionsOf(ids),
        ({ merchantId }: SuspensionRow) => merchantId,
      )
      .load(id);
  }
}
