import { Args, Query, Resolver } from '@nestjs/graphql';
import { NotFound, type Page, pageRequest } from '#libs/kernel';
import { PurchaserReader } from '#libs/procurement';
import { RECEIVABLE_KEY_PARTS, ReceivableReader, type ReceivableView } from '#libs/receivable';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { orThrow } from '#platform/graphql';

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
}
