import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type CertificationEntryRow, type ProductName, ProductNameReader } from '#libs/catalog';
import { Clock } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import type { StoredFile } from '#platform/files';
import type { GraphqlContext } from '#platform/graphql';
import { type CertificateState, certificateStateAt } from '../certificate.rules.js';
import {
  CertificationApplicationReader,
  type CertificationApplicationRow,
  type CertificationStepRow,
} from '../certification-application.reader.js';
import {
  CertificationBatchReader,
  type RecheckRow,
  type RevocationRow,
} from '../certification-batch.reader.js';

type Named = Pick<CertificationApplicationRow, 'productId'>;

async function productNameOf(
  { productId }: Named,
  { loaders }: GraphqlContext,
  products: ProductNameReader,
): Promise<string> {
  const product = await loaders
    .byId(
      productNameOf,
      (ids) => products.byIds(ids),
      ({ id }: ProductName) => id,
    )
    .load(productId);
  return product?.name ?? '';
}

@Resolver('CertificationApplicationSummary')
export class CertificationApplicationSummaryFieldResolver {
  constructor(
    private readonly products: ProductNameReader,
    private readonly merchants: MerchantReader,
  ) {}

  /** Of a whole page by one statement: the reader gathers. */
  @ResolveField()
  async merchantName(@Parent() { merchantId }: CertificationApplicationRow): Promise<string> {
    return (await this.merchants.byId(merchantId))?.name ?? '';
  }

  @ResolveField()
  productName(@Parent() application: Named, @Context() context: GraphqlContext): Promise<string> {
    return productNameOf(application, context, this.products);
  }
}

@Resolver('CertificationApplication')
export class CertificationApplicationFieldResolver {
  constructor(
    private readonly reader: CertificationApplicationReader,
    private readonly products: ProductNameReader,
    private readonly merchants: MerchantReader,
  ) {}

  @ResolveField()
  async merchantName(@Parent() { merchantId }: CertificationApplicationRow): Promise<string> {
    return (await this.merchants.byId(merchantId))?.name ?? '';
  }

  @ResolveField()
  productName(@Parent() application: Named, @Context() context: GraphqlContext): Promise<string> {
    return productNameOf(application, context, this.products);
  }

  @ResolveField()
  files(@Parent() application: CertificationApplicationRow): Promise<StoredFile[]> {
    return this.reader.filesOf(application);
  }

  @ResolveField()
  steps(@Parent() { id }: CertificationApplicationRow): Promise<CertificationStepRow[]> {
    return this.reader.stepsOf(id);
  }
}

@Resolver('CertificationEntry')
export class CertificationEntryFieldResolver {
  constructor(
    private readonly batches: CertificationBatchReader,
    private readonly clock: Clock,
  ) {}

  @ResolveField()
  state(@Parent() entry: CertificationEntryRow): CertificateState {
    return certificateStateAt(entry, this.clock.now());
  }

  @ResolveField()
  revocation(
    @Parent() { id }: CertificationEntryRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<RevocationRow | null> {
    const { batches } = this;
    return loaders
      .byId(
        CertificationBatchReader,
        (ids) => batches.revocationsOf(ids),
        ({ certificationId }: RevocationRow) => certificationId,
      )
      .load(id);
  }

  @ResolveField()
  rechecks(
    @Parent() { id }: CertificationEntryRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<readonly RecheckRow[]> {
    const { batches } = this;
    return loaders
      .listOf(
        CertificationEntryFieldResolver,
        (ids) => batches.rechecksOf(ids),
        ({ certificationId }: RecheckRow) => certificationId,
      )
      .load(id);
  }
}
