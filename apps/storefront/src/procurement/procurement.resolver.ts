import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { refused } from '#libs/kernel';
import {
  ProcurementUnitReader,
  type ProcurementUnitRow,
  ReservedShareService,
  type ShareFiling,
} from '#libs/procurement';
import { type Actor, Allow, CurrentActor } from '#platform/auth';

@Resolver('ProcurementUnit')
export class ProcurementResolver {
  constructor(
    private readonly units: ProcurementUnitReader,
    private readonly shares: ReservedShareService,
  ) {}

  @Query()
  @Allow('BUY')
  myProcurementUnits(@CurrentActor() { userId }: Actor): Promise<ProcurementUnitRow[]> {
    return this.units.ofMember(userId);
  }

  @Mutation()
  @Allow('BUY')
  async reservedShareFile(
    @CurrentActor() { userId }: Actor,
    @Args('input') { unitId, ...filing }: ShareFiling & { readonly unitId: string },
  ) {
    const share = await this.shares.fileAsMember(unitId, filing, userId);
    return refused(share) ? share : { share };
  }
}
