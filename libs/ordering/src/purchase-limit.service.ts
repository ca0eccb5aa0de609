import { Injectable } from '@nestjs/common';
import { VariantReader } from '#libs/catalog';
import { Clock, type IdOf, type InvalidInputError, NotFound } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { Purchase } from './order.rules.js';
import type { PurchaseLimitError } from './purchase-limit.errors.js';
import { PurchaseLimitReader } from './purchase-limit.reader.js';
import { PurchaseLimitRepository } from './purchase-limit.repository.js';
import { type NamedLine, type PurchaseLimit, overLimits, refuseLimit } from './purchase-limit.rules.js';

interface Buying {
  readonly buyerId: string;
  readonly purchase: Purchase;
  readonly offered: readonly NamedLine[];
}

/** How many of a variant one order, and one person in so many days, may have. What is bought for a unit is for many. */
@Injectable()
export class PurchaseLimitService {
  constructor(
    private readonly database: Database,
    private readonly limits: PurchaseLimitRepository,
    private readonly reader: PurchaseLimitReader,
    private readonly variants: VariantReader,
    private readonly clock: Clock,
  ) {}

  /** Holds from now on; nothing where all three are null. Throws NotFound for variants of other merchants. */
  async set(
    merchantIds: readonly string[],
    limit: PurchaseLimit,
    setBy: IdOf<'usr'>,
  ): Promise<PurchaseLimit | InvalidInputError> {
    const refusal = refuseLimit(limit);
    if (refusal) return refusal;
    const [variant] = await this.variants.byIds([limit.variantId]);
    if (!variant || !merchantIds.includes(variant.merchantId)) throw new NotFound('Variant', limit.variantId);
    const { orderMax, personMax, periodDays } = limit;
    const said = { variantId: variant.id, orderMax, personMax, periodDays };
    await this.database.transaction((tx) => this.limits.set(tx, { ...said, setBy, setAt: this.clock.now() }));
    return said;
  }

  /** For whoever is about to order: two orders of one person at once take turns, so that both are counted. */
  async take(tx: Tx, buying: Buying): Promise<PurchaseLimitError | null> {
    const [over = null] = await this.takeOf(tx, [buying]);
    return over;
  }

  /** The same for several, no two of them of one person: each one's refusal, or null. */
  async takeOf(tx: Tx, buyings: readonly Buying[]): Promise<(PurchaseLimitError | null)[]> {
    const persons = buyings.filter(({ purchase }) => purchase.unitId === '');
    const wanted = persons.flatMap(({ offered }) => offered.map(({ variantId }) => variantId));
    const limits = await this.reader.ofVariants([...new Set(wanted)], tx);
    const byPerson = new Set(
      limits.filter(({ personMax }) => personMax !== null).map(({ variantId }) => variantId),
    );
    const gates = persons.flatMap(({ buyerId, offered }) =>
      offered
        .filter(({ variantId }) => byPerson.has(variantId))
        .map(({ variantId }) => ({ buyerId, variantId })),
    );
    await this.limits.lockGates(tx, gates);
    const buyerIds = [...new Set(gates.map(({ buyerId }) => buyerId))];
    const boughtBy = await this.reader.boughtBy({ buyerIds, now: this.clock.now() }, [...byPerson], tx);
    return buyings.map(({ buyerId, purchase, offered }) => {
      if (purchase.unitId !== '') return null;
      const [over = null] = overLimits(offered, limits, boughtBy.get(buyerId) ?? new Map());
      return over;
    });
  }
}
