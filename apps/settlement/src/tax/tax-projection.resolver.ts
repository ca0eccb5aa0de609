import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InvalidInputError, pageRequest } from '#libs/kernel';
import {
  type Quarter,
  TaxProjectionReader,
  type TaxRow,
  daysOfQuarter,
  dueOn,
  isQuarter,
  maskCode,
  netSalesOf,
} from '#libs/statement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface TaxProjectionArgs extends Quarter {
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('TaxProjection')
export class TaxProjectionResolver {
  constructor(private readonly reader: TaxProjectionReader) {}

  @Query()
  @Allow('TAX_READ')
  async taxProjection(
    @CurrentActor() actor: Actor,
    @Args() { year, quarter, first, after }: TaxProjectionArgs,
  ) {
    assertPlatformWide(actor, 'TAX_READ');
    const wanted = orThrow<Quarter>(isQuarter({ year, quarter }) ? { year, quarter } : NO_QUARTER);
    const page = await this.reader.page(wanted, orThrow(pageRequest(first, after, 1)));
    const isComplete = await this.reader.isComplete(wanted);
    return { ...page, ...daysOfQuarter(wanted), dueOn: dueOn(wanted), isComplete };
  }

  @ResolveField()
  maskedCreditCode(@Parent() { creditCode }: TaxRow): string {
    return maskCode(creditCode);
  }

  @ResolveField()
  netFen(@Parent() row: TaxRow) {
    return netSalesOf(row);
  }

  @ResolveField()
  faultAccount(@Parent() { difference }: TaxRow): string | null {
    return difference?.account ?? null;
  }

  @ResolveField()
  faultFen(@Parent() { difference }: TaxRow) {
    return difference?.fen ?? null;
  }
}

const NO_QUARTER = new InvalidInputError([
  { path: 'quarter', message: { zh: '没有这个季度', en: 'There is no such quarter.' } },
]);
