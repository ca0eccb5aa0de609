import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InvoiceReader } from '#libs/invoice';
import { type Fen, NotFound, type Page, pageRequest } from '#libs/kernel';
import { PurchaserReader } from '#libs/procurement';
import {
  type Ageing,
  AgeingReader,
  type PaymentScore,
  RECEIVABLE_KEY_PARTS,
  ReceivableReader,
  type ReceivableView,
} from '#libs/receivable';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly unitId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Receivable')
export class ReceivableResolver {
  constructor(
    private readonly purchasers: PurchaserReader,
    private readonly reader: ReceivableReader,
    private readonly ageing: AgeingReader,
    private readonly invoices: InvoiceReader,
  ) {}

  @Query()
  @Allow('BUY')
  async unitReceivables(
    @CurrentActor() { userId }: Actor,
    @Args() { unitId, first, after }: PageArgs,
  ): Promise<Page<ReceivableView>> {
    const page = orThrow(pageRequest(first, after, RECEIVABLE_KEY_PARTS));
    if (!(await this.purchasers.isOfUnit(unitId, userId))) throw new NotFound('Unit', unitId);
    return this.reader.page({ unitId }, 'ALL', page);
  }

  @Query()
  @Allow('BUY')
  async unitAgeing(
    @CurrentActor() { userId }: Actor,
    @Args('unitId') unitId: string,
  ): Promise<Ageing & PaymentScore> {
    if (!(await this.purchasers.isOfUnit(unitId, userId))) throw new NotFound('Unit', unitId);
    return this.ageing.ofUnit(unitId);
  }

  @ResolveField()
  async invoicedFen(
    @Parent() { orderId }: ReceivableView,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Fen> {
    const load = (ids: readonly string[]) => this.invoices.issuedOf(ids);
    const [row] = await loaders.listOf('Receivable.invoicedFen', load, (each) => each.orderId).load(orderId);
    return row?.issuedFen ?? 0n;
  }
}
