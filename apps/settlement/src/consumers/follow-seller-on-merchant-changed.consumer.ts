import { Injectable } from '@nestjs/common';
import { ProductService } from '#libs/catalog';
import type { MerchantStandingEvent } from '#libs/merchant';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What a merchant offers leaves the lists while it may not sell; nobody could order it anyway. */
@Injectable()
export class FollowSellerOnMerchantChanged implements Consumer<MerchantStandingEvent> {
  readonly queue = 'volume';

  constructor(private readonly products: ProductService) {}

  async apply(tx: Tx, { payload }: MerchantStandingEvent): Promise<void> {
    await this.products.followSeller(tx, payload.merchantId);
  }
}
