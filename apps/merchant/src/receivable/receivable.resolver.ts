import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { NotFound, type Page, pageRequest } from '#libs/kernel';
import { ProcurementUnitReader, type ProcurementUnitRow } from '#libs/procurement';
import {
  AGEING_KEY_PARTS,
  type Ageing,
  AgeingReader,
  type PartView,
  RECEIVABLE_KEY_PARTS,
  ReceivableReader,
} from '#libs/receivable';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

type AgeingOfUnit = Ageing & { readonly unitId: string };

@Resolver('Receivable')
export class ReceivableResolver {
  constructor(private readonly reader: ReceivableReader) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  async receivables(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, first, after }: PageArgs,
  ): Promise<Page<PartView>> {
    assertOwn(actor, merchantId);
    return this.reader.pageOfMerchant(merchantId, orThrow(pageRequest(first, after, RECEIVABLE_KEY_PARTS)));
  }

  @ResolveField()
  unit(@Parent() { unitId: id }: PartView) {
    return { id };
  }
}

@Resolver('UnitAgeing')
export class AgeingResolver {
  constructor(private readonly reader: AgeingReader) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  async receivableAgeing(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, first, after }: PageArgs,
  ): Promise<Page<AgeingOfUnit>> {
    assertOwn(actor, merchantId);
    return this.reader.ofMerchant(merchantId, orThrow(pageRequest(first, after, AGEING_KEY_PARTS)));
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async receivableTotal(
    @CurrentActor() actor: Actor,
    @Args('merchantId') merchantId: string,
  ): Promise<Ageing> {
    assertOwn(actor, merchantId);
    return this.reader.totalOfMerchant(merchantId);
  }

  @ResolveField()
  unit(@Parent() { unitId: id }: AgeingOfUnit) {
    return { id };
  }

  @ResolveField()
  ageing(@Parent() row: AgeingOfUnit): Ageing {
    return row;
  }
}

@Resolver('ReceivableUnit')
export class ReceivableUnitResolver {
  constructor(private readonly units: ProcurementUnitReader) {}

  @ResolveField()
  async name(
    @Parent() { id }: { readonly id: string },
    @Context() { loaders }: GraphqlContext,
  ): Promise<string | null> {
    const { units } = this;
    const byId = loaders.byId(
      ProcurementUnitReader,
      (ids) => units.byIds(ids),
      (unit: ProcurementUnitRow) => unit.id,
    );
    return (await byId.load(id))?.name ?? null;
  }
}

function assertOwn(actor: Actor, merchantId: string): void {
  if (!merchantsOf(actor, 'MERCHANT_MONEY').includes(merchantId)) throw new NotFound('Merchant', merchantId);
}
