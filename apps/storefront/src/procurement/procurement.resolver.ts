import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { refused } from '#libs/kernel';
import {
  CreditTermReader,
  ProcurementUnitReader,
  type ProcurementUnitRow,
  ReservedShareService,
  type ShareFiling,
  type UnitCredit,
  type UnitRole,
} from '#libs/procurement';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('ProcurementUnit')
export class ProcurementResolver {
  constructor(
    private readonly units: ProcurementUnitReader,
    private readonly shares: ReservedShareService,
    private readonly terms: CreditTermReader,
  ) {}

  @Query()
  @Allow('BUY')
  myProcurementUnits(@CurrentActor() { userId }: Actor): Promise<ProcurementUnitRow[]> {
    return this.units.ofMember(userId);
  }

  @Query()
  @Allow('BUY')
  unitCredit(@CurrentActor() { userId }: Actor, @Args('unitId') unitId: string): Promise<UnitCredit | null> {
    return this.terms.ofMember(unitId, userId);
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

  @ResolveField()
  async myRoles(
    @Parent() { id }: ProcurementUnitRow,
    @CurrentActor() { userId }: Actor,
    @Context() { loaders }: GraphqlContext,
  ): Promise<UnitRole[]> {
    const load = (unitIds: readonly string[]) => this.units.members(unitIds);
    const members = await loaders.listOf('ProcurementUnit.myRoles', load, ({ unitId }) => unitId).load(id);
    const mine = members.filter((member) => member.userId === userId);
    return mine.map(({ role, contractorId }) => (contractorId === null ? role : 'CONTRACTOR'));
  }
}
