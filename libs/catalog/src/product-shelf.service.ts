import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { ProductStateError } from './product.errors.js';
import type { ProductId, ProductState } from './product.entity.js';
import { productChanged } from './product.events.js';
import { type LockedProduct, ProductRepository } from './product.repository.js';
import { refuseOffReason } from './product.rules.js';
import { SearchIndexService } from './search-index.service.js';

/** Who moves goods, and whose they may be. */
export interface ShelfKeeper {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

/** A merchant's own goods go off the shelf and back on it, as they were when a reviewer looked. */
@Injectable()
export class ProductShelfService {
  constructor(
    private readonly database: Database,
    private readonly products: ProductRepository,
    private readonly index: SearchIndexService,
    private readonly merchants: MerchantReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** What was ordered stays ordered. Off already, nothing happens; what is withheld does not come back by itself either. */
  async takeOff(
    id: string,
    reason: string,
    keeper: ShelfKeeper,
  ): Promise<ProductId | InvalidInputError | ProductStateError> {
    return this.move(id, keeper, { act: 'product.taken_off', reason: reason.trim() }, () =>
      Promise.resolve(refuseOffReason(reason) ?? 'OFF_SALE'),
    );
  }

  /** On sale already, nothing happens; it waits where its seller may not sell. */
  putOn(id: string, keeper: ShelfKeeper): Promise<ProductId | ProductStateError> {
    return this.move<never>(id, keeper, { act: 'product.put_on' }, async (tx, { merchantId }) =>
      // Held until the end, so that nobody suspends it meanwhile.
      (await this.merchants.lockSelling(tx, merchantId)) ? 'ON_SALE' : 'WITHHELD',
    );
  }

  /** Whose goods they are is judged before anything else. */
  private move<Refusal extends InvalidInputError = never>(
    id: string,
    { userId, merchantIds }: ShelfKeeper,
    { act, ...detail }: { readonly act: string; readonly reason?: string },
    stateFor: (tx: Tx, product: LockedProduct) => Promise<ProductState | Refusal>,
  ): Promise<ProductId | ProductStateError | Refusal> {
    return this.database.transaction(async (tx) => {
      const product = await this.products.lockOwn(tx, id, merchantIds);
      if (!product) throw new NotFound('Product', id);
      if (product.state === 'DRAFT') return new ProductStateError();
      const state = await stateFor(tx, product);
      if (refused(state)) return state;
      if (product.state === state) return product.id;
      const at = this.clock.now();
      await this.products.moveState(tx, product.id, state, at);
      await this.index.touch(tx, [product.id]);
      await this.audit.record(tx, {
        actorId: userId,
        act,
        subject: product.id,
        divisionCode: product.originCountyCode,
        detail: { name: product.name, merchantId: product.merchantId, ...detail },
      });
      await emit(tx, productChanged(product.id, at));
      return product.id;
    });
  }
}
