import { Args, Query, Resolver } from '@nestjs/graphql';
import { NotFound, isId } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { MerchantReader, type MerchantRow } from '#libs/merchant';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

@Resolver()
export class MerchantResolver {
  constructor(
    private readonly merchantReader: MerchantReader,
    private readonly ledger: LedgerReader,
  ) {}

  @Query()
  @Allow('FULFILL')
  async merchants(@CurrentActor() actor: Actor): Promise<MerchantRow[]> {
    const merchants = await this.merchantReader.byIds(merchantsOf(actor, 'FULFILL'));
    return merchants.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async merchantBalance(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    const isOwn = merchantsOf(actor, 'MERCHANT_MONEY').includes(merchantId);
    if (!isOwn || !isId('mer', merchantId)) throw new NotFound('Merchant', merchantId);
    const { held, available } = await this.ledger.balancesOfPayee(merchantId);
    return { heldFen: held, availableFen: available };
  }
}
