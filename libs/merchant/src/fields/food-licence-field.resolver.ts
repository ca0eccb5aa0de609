import { ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphqlContext } from '#platform/graphql';
import { FoodLicenceReader, type FoodLicenceRow } from '../food-licence.reader.js';
import type { MerchantRow } from '../merchant.reader.js';

/** The buyer's: what whoever sells food has to show. */
@Resolver('Merchant')
export class FoodLicenceFieldResolver {
  constructor(private readonly reader: FoodLicenceReader) {}

  @ResolveField()
  foodLicences(
    { id }: Pick<MerchantRow, 'id'>,
    _: unknown,
    { loaders }: GraphqlContext,
  ): Promise<FoodLicenceRow[]> {
    const { reader } = this;
    const licencesOfMerchant = loaders.listOf(
      FoodLicenceReader,
      (merchantIds) => reader.ofMerchants(merchantIds),
      ({ merchantId }: FoodLicenceRow) => merchantId,
    );
    return licencesOfMerchant.load(id);
  }
}
