import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { pageRequest, present, refused } from '#libs/kernel';
import {
  type ContractorInput,
  type MemberInput,
  PROCUREMENT_UNIT_KEY_PARTS,
  type ProcurementRole,
  type ProcurementUnitFacts,
  type ProcurementUnitFilter,
  ProcurementUnitReader,
  type ProcurementUnitRow,
  ProcurementUnitService,
  type Registrar,
} from '#libs/procurement';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

type Optional<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]?: T[P] | null };
type RegisterInput = Optional<
  ProcurementUnitFacts,
  'invoiceTitle' | 'taxNo' | 'representedById' | 'parentId'
>;

interface UnitsArgs extends ProcurementUnitFilter {
  readonly first?: number | null;
  readonly after?: string | null;
}

function registrarOf(actor: Actor): Registrar {
  return { userId: actor.userId, scope: divisionsOf(actor, 'PROCUREMENT_MANAGE') };
}

@Resolver('ProcurementUnit')
export class ProcurementUnitResolver {
  constructor(
    private readonly units: ProcurementUnitService,
    private readonly reader: ProcurementUnitReader,
  ) {}

  @Query()
  @Allow('PROCUREMENT_READ')
  procurementUnit(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<ProcurementUnitRow | null> {
    return this.reader.byIdWithin(id, divisionsOf(actor, 'PROCUREMENT_READ'));
  }

  @Query()
  @Allow('PROCUREMENT_READ')
  procurementUnits(@CurrentActor() actor: Actor, @Args() { first, after, ...filter }: UnitsArgs) {
    const page = orThrow(pageRequest(first, after, PROCUREMENT_UNIT_KEY_PARTS));
    return this.reader.pageWithin(filter, divisionsOf(actor, 'PROCUREMENT_READ'), page);
  }

  @Mutation()
  @Allow('PROCUREMENT_MANAGE')
  async procurementUnitRegister(@CurrentActor() actor: Actor, @Args('input') input: RegisterInput) {
    const facts: ProcurementUnitFacts = {
      ...input,
      invoiceTitle: input.invoiceTitle ?? input.name,
      taxNo: input.taxNo ?? input.creditCode,
      representedById: input.representedById ?? null,
      parentId: input.parentId ?? null,
    };
    const unit = await this.units.register(facts, registrarOf(actor));
    return refused(unit) ? unit : { unit: await this.shown(unit.id) };
  }

  @Mutation()
  @Allow('PROCUREMENT_MANAGE')
  async procurementUnitMerge(
    @CurrentActor() actor: Actor,
    @Args() { unitId, intoId, mergedOn }: { unitId: string; intoId: string; mergedOn: string },
  ) {
    const unit = await this.units.merge(unitId, intoId, mergedOn, registrarOf(actor));
    return refused(unit) ? unit : { unit: await this.shown(unit.id) };
  }

  @Mutation()
  @Allow('PROCUREMENT_MANAGE')
  async procurementMemberAdd(
    @CurrentActor() actor: Actor,
    @Args('input') input: Optional<MemberInput, 'contractorId'>,
  ) {
    const { contractorId = null, ...member } = input;
    const unit = await this.units.addMember({ ...member, contractorId }, registrarOf(actor));
    return refused(unit) ? unit : { unit: await this.shown(unit.id) };
  }

  @Mutation()
  @Allow('PROCUREMENT_MANAGE')
  async procurementMemberEnd(
    @CurrentActor() actor: Actor,
    @Args() member: { unitId: string; userId: string; role: ProcurementRole },
  ) {
    const { id } = await this.units.endMember(member, registrarOf(actor));
    return { unit: await this.shown(id) };
  }

  @Mutation()
  @Allow('PROCUREMENT_MANAGE')
  async procurementContractorAdd(
    @CurrentActor() actor: Actor,
    @Args('input') input: Optional<ContractorInput, 'endsBefore'>,
  ) {
    const { endsBefore = null, ...named } = input;
    const contractor = await this.units.addContractor({ ...named, endsBefore }, registrarOf(actor));
    return refused(contractor) ? contractor : { contractor };
  }

  @ResolveField()
  members(@Parent() { id }: ProcurementUnitRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        'procurementMembers',
        (ids) => reader.members(ids),
        (member) => member.unitId,
      )
      .load(id);
  }

  @ResolveField()
  contractors(@Parent() { id }: ProcurementUnitRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        'procurementContractors',
        (ids) => reader.contractors(ids),
        (contractor) => contractor.unitId,
      )
      .load(id);
  }

  private async shown(id: string): Promise<ProcurementUnitRow> {
    return present((await this.reader.byIds([id]))[0], id);
  }
}
