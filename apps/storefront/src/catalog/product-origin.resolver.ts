import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  BatchReader,
  type BatchRow,
  type DispatchExpectation,
  HarvestWindowReader,
  type HarvestWindowRow,
  expectedDispatch,
  windowOf,
} from '#libs/catalog';
import {
  CHANNEL_POINT_KEY_PARTS,
  type ChannelKind,
  ChannelPointReader,
  type ChannelPointRow,
  NearbyPointReader,
  refusePosition,
} from '#libs/channel';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { HOUSEHOLDS_TOLD_MIN, LinkageReader } from '#libs/household';
import {
  PresaleReader,
  type PresaleTerms,
  type ShelfProduct,
  ShelfStockReader,
  heldPart,
} from '#libs/inventory';
import { Clock, type Page, businessDay, pageRequest } from '#libs/kernel';
import { SplitPreviewService } from '#libs/settlement';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { ProductPresaleResolver } from './presale.resolver.js';
import { type NearbyPlace, nearbyCount } from '../channel/nearby-place.resolver.js';

interface HarvestWindowView extends HarvestWindowRow {
  readonly isOpen: boolean;
}

interface NearbyArgs {
  readonly longitude: number;
  readonly latitude: number;
  readonly isHolding?: boolean | null;
  readonly first?: number | null;
}

interface PlacesArgs {
  readonly kind?: ChannelKind | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface Linkage {
  readonly productId: string;
  readonly householdCount: number;
  readonly shareBps: number;
}

/** Of one product, read once for all that an answer tells of its harvests. */
function windowsOf(
  productId: string,
  harvests: HarvestWindowReader,
  { loaders }: GraphqlContext,
): Promise<HarvestWindowRow[]> {
  const windowsOfProduct = loaders.listOf(
    HarvestWindowReader,
    (productIds) => harvests.knownOf(productIds),
    (window: HarvestWindowRow) => window.productId,
  );
  return windowsOfProduct.load(productId);
}

/** Where goods come from, whom they reach, and where they can be had. Every field is read for all products of an answer at once. */
@Resolver('Product')
export class ProductOriginResolver {
  constructor(
    private readonly harvests: HarvestWindowReader,
    private readonly batches: BatchReader,
    private readonly linkages: LinkageReader,
    private readonly splits: SplitPreviewService,
    private readonly clock: Clock,
  ) {}

  @ResolveField()
  async harvestWindows(
    product: ShelfProduct,
    _: unknown,
    context: GraphqlContext,
  ): Promise<HarvestWindowView[]> {
    const day = businessDay(this.clock.now());
    const windows = await windowsOf(product.id, this.harvests, context);
    return this.harvests.ahead(windows).map((window) => ({ ...window, isOpen: window.opensOn <= day }));
  }

  @ResolveField()
  async linkedHouseholdCount(
    product: ShelfProduct,
    _: unknown,
    context: GraphqlContext,
  ): Promise<number | null> {
    const linkage = await this.linkageOf(product, context);
    return linkage && linkage.householdCount >= HOUSEHOLDS_TOLD_MIN ? linkage.householdCount : null;
  }

  @ResolveField()
  async householdShareBps(
    product: ShelfProduct,
    _: unknown,
    context: GraphqlContext,
  ): Promise<number | null> {
    const linkage = await this.linkageOf(product, context);
    return linkage && linkage.householdCount > 0 ? linkage.shareBps : null;
  }

  private linkageOf(product: ShelfProduct, { loaders }: GraphqlContext): Promise<Linkage | null> {
    const { batches } = this;
    // The same loader as that of the batches that are shown: each is read once.
    const batchesOfProduct = loaders.listOf(
      BatchReader,
      (productIds) => batches.latestOf(productIds),
      (batch: BatchRow) => batch.productId,
    );
    // The seller travels with the key, so that one look at the rules answers for all.
    const linkageOfProduct = loaders.byId(
      LinkageReader,
      (keys) => this.linkagesOf(keys, batchesOfProduct),
      (linkage: Linkage) => linkage.productId,
    );
    return linkageOfProduct.load(`${product.id} ${product.merchant.id}`);
  }

  private async linkagesOf(
    keys: readonly string[],
    batchesOfProduct: { load(productId: string): Promise<BatchRow[]> },
  ): Promise<Linkage[]> {
    const products = keys.map((key) => {
      const [productId = '', merchantId = ''] = key.split(' ');
      return { key, productId, merchantId, channelKind: 'ONLINE' };
    });
    const batches = await Promise.all(products.map(({ productId }) => batchesOfProduct.load(productId)));
    const agreementIds = new Set(
      batches.flat().flatMap(({ linkageAgreementId }) => linkageAgreementId ?? []),
    );
    const [households, shares] = await Promise.all([
      this.linkages.householdsNow([...agreementIds]),
      this.splits.householdBpsOf(products),
    ]);
    return products.map(({ key }, index) => {
      const linked = new Set(
        (batches[index] ?? [])
          .flatMap(({ linkageAgreementId }) => households.get(linkageAgreementId ?? '') ?? [])
          .filter(({ weight }) => weight > 0)
          .map(({ householdId }) => householdId),
      );
      return { productId: key, householdCount: linked.size, shareBps: shares[index] ?? 0 };
    });
  }
}

/** When it can be had. */
@Resolver('Product')
export class ProductReachResolver {
  constructor(
    private readonly harvests: HarvestWindowReader,
    private readonly presales: PresaleReader,
    private readonly clock: Clock,
  ) {}

  @ResolveField()
  async expectedDispatch(
    product: ShelfProduct,
    _: unknown,
    context: GraphqlContext,
  ): Promise<DispatchExpectation | null> {
    const { presales } = this;
    const presalesOfProduct = context.loaders.listOf(
      ProductPresaleResolver,
      (productIds) => presales.aheadOf(productIds),
      (presale: PresaleTerms) => presale.productId,
    );
    // Read with the product, because it is asked for.
    const isInStock = product.variants.some(({ available }) => available > 0);
    const [windows, presold] = await Promise.all([
      windowsOf(product.id, this.harvests, context),
      presalesOfProduct.load(product.id),
    ]);
    const now = this.clock.now();
    const presoldFor = presold.find(({ ordersOpenAt }) => ordersOpenAt <= now)?.days[0]?.day ?? null;
    return expectedDispatch(isInStock, this.harvests.ahead(windows), businessDay(now), presoldFor);
  }
}

/** Which places show it. */
@Resolver('Product')
export class ProductPlaceResolver {
  constructor(
    private readonly shelves: ShelfStockReader,
    private readonly nearby: NearbyPointReader,
    private readonly points: ChannelPointReader,
    private readonly clock: Clock,
  ) {}

  @ResolveField()
  async countersNearby(
    @Parent() product: ShelfProduct,
    @Args() { longitude, latitude, isHolding, first }: NearbyArgs,
  ): Promise<NearbyPlace[]> {
    const position = { longitude, latitude };
    orThrow(refusePosition(position));
    const variantIds = product.variants.map(({ id }) => id);
    const wish = {
      kind: 'COUNTER',
      count: nearbyCount(first),
      ...(isHolding === true
        ? { productId: null, part: heldPart(variantIds, businessDay(this.clock.now())) }
        : { productId: product.id }),
    } as const;
    const near = await this.nearby.around(position, wish);
    const units = await this.shelves.ofVariants(
      near.map(({ point }) => point.id),
      variantIds,
    );
    return near.map(({ point, distanceM }) => ({
      place: point,
      distanceM,
      available: units.get(point.id) ?? 0,
    }));
  }

  @ResolveField()
  placesOfSale(
    @Parent() product: ShelfProduct,
    @Args() { kind = null, first, after }: PlacesArgs,
  ): Promise<Page<ChannelPointRow>> {
    const page = orThrow(pageRequest(first, after, CHANNEL_POINT_KEY_PARTS));
    return this.points.pageOpen({ kind, productId: product.id }, page);
  }
}

abstract class VillageResolver {
  constructor(protected readonly divisions: DivisionReader) {}

  protected villageOf(code: string | null, { loaders }: GraphqlContext): Promise<DivisionRow | null> | null {
    if (code === null) return null;
    const { divisions } = this;
    const divisionByCode = loaders.byId(
      DivisionReader,
      (codes) => divisions.byCodes(codes),
      (division: DivisionRow) => division.code,
    );
    return divisionByCode.load(code);
  }
}

@Resolver('HarvestWindow')
export class HarvestWindowResolver extends VillageResolver {
  constructor(divisions: DivisionReader) {
    super(divisions);
  }

  @ResolveField()
  village(window: HarvestWindowRow, _: unknown, context: GraphqlContext): Promise<DivisionRow | null> | null {
    return this.villageOf(window.villageCode, context);
  }
}

@Resolver('Batch')
export class BatchHarvestResolver {
  constructor(
    private readonly harvests: HarvestWindowReader,
    private readonly clock: Clock,
  ) {}

  @ResolveField()
  async harvestWindow(
    batch: BatchRow,
    _: unknown,
    context: GraphqlContext,
  ): Promise<HarvestWindowView | null> {
    const window = windowOf(batch, await windowsOf(batch.productId, this.harvests, context));
    if (!window) return null;
    const day = businessDay(this.clock.now());
    return { ...window, isOpen: window.opensOn <= day && day <= window.closesOn };
  }
}

@Resolver('Batch')
export class BatchVillageResolver extends VillageResolver {
  constructor(divisions: DivisionReader) {
    super(divisions);
  }

  @ResolveField()
  originVillage(batch: BatchRow, _: unknown, context: GraphqlContext): Promise<DivisionRow | null> | null {
    return this.villageOf(batch.originVillageCode, context);
  }
}
