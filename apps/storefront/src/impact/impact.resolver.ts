import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DivisionReader, type DivisionRow } from '#libs/division';
import {
  type CountySpent,
  type ImpactLine,
  type ImpactReceipt,
  ImpactReceiptReader,
  type ImpactYear,
  ImpactYearReader,
} from '#libs/impact';
import { NotFound } from '#libs/kernel';
import { PurchaserReader } from '#libs/procurement';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

@Resolver('ImpactReceipt')
export class ImpactReceiptResolver {
  constructor(private readonly receipts: ImpactReceiptReader) {}

  @Query()
  @Allow('SHOP')
  impactReceipt(
    @CurrentActor() { userId }: Actor,
    @Args('orderId') orderId: string,
  ): Promise<ImpactReceipt | null> {
    return this.receipts.forBuyer(orderId, userId);
  }
}

@Resolver('ImpactYear')
export class ImpactYearResolver {
  constructor(
    private readonly years: ImpactYearReader,
    private readonly purchasers: PurchaserReader,
  ) {}

  @Query()
  @Allow('BUY')
  async impactYear(@CurrentActor() { userId }: Actor, @Args('year') year: number): Promise<ImpactYear> {
    return orThrow<ImpactYear>(await this.years.of({ buyerId: userId }, year));
  }

  @Query()
  @Allow('BUY')
  async unitImpactYear(
    @CurrentActor() { userId }: Actor,
    @Args() { unitId, year }: { readonly unitId: string; readonly year: number },
  ): Promise<ImpactYear> {
    if (!(await this.purchasers.isOfUnit(unitId, userId))) throw new NotFound('Unit', unitId);
    return orThrow<ImpactYear>(await this.years.of({ unitId }, year));
  }

  @ResolveField()
  unitId(@Parent() { unitId }: ImpactYear): string | null {
    return unitId || null;
  }
}

abstract class CountyResolver {
  constructor(protected readonly divisions: DivisionReader) {}

  protected countyOf(code: string, { loaders }: GraphqlContext): Promise<DivisionRow | null> {
    const { divisions } = this;
    const divisionByCode = loaders.byId(
      DivisionReader,
      (codes) => divisions.byCodes(codes),
      (division: DivisionRow) => division.code,
    );
    return divisionByCode.load(code);
  }
}

@Resolver('ImpactLine')
export class ImpactLineResolver extends CountyResolver {
  constructor(divisions: DivisionReader) {
    super(divisions);
  }

  @ResolveField()
  originCounty(@Parent() line: ImpactLine, @Context() context: GraphqlContext): Promise<DivisionRow | null> {
    return this.countyOf(line.originCountyCode, context);
  }
}

@Resolver('ImpactCounty')
export class ImpactCountyResolver extends CountyResolver {
  constructor(divisions: DivisionReader) {
    super(divisions);
  }

  @ResolveField()
  county(
    @Parent() { countyCode }: CountySpent,
    @Context() context: GraphqlContext,
  ): Promise<DivisionRow | null> {
    return this.countyOf(countyCode, context);
  }
}
