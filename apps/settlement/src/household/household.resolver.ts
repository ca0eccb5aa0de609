import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  HOUSEHOLD_KEY_PARTS,
  HouseholdReader,
  HouseholdRegisterService,
  IncomeBookReader,
  type MaskedHousehold,
  type MemberState,
  type RegisterWish,
} from '#libs/household';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { type Actor, Allow, Audited, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface MemberArgs {
  readonly memberId: string;
  readonly state: MemberState;
  readonly leftOn?: string | null;
}

interface RegisterInput extends Omit<RegisterWish, 'members'> {
  readonly members: readonly { readonly name: string; readonly birthYear?: number | null }[];
}

function seenBy(actor: Actor) {
  return { divisions: divisionsOf(actor, 'HOUSEHOLD_READ') };
}

function registrarOf(actor: Actor) {
  return { userId: actor.userId, divisions: divisionsOf(actor, 'HOUSEHOLD_MANAGE') };
}

@Resolver('Household')
export class HouseholdResolver {
  constructor(
    private readonly service: HouseholdRegisterService,
    private readonly reader: HouseholdReader,
    private readonly incomes: IncomeBookReader,
    private readonly merchants: MerchantReader,
  ) {}

  @Query()
  @Allow('HOUSEHOLD_READ')
  @Audited('household.listed')
  households(@CurrentActor() actor: Actor, @Args() { first, after }: PageArgs) {
    return this.reader.page(seenBy(actor), orThrow(pageRequest(first, after, HOUSEHOLD_KEY_PARTS)));
  }

  @Query()
  @Allow('HOUSEHOLD_READ')
  @Audited('household.seen', 'id')
  household(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, seenBy(actor));
  }

  @Query()
  @Allow('HOUSEHOLD_READ')
  @Audited('household.income_seen', 'householdId')
  async householdIncome(
    @CurrentActor() actor: Actor,
    @Args() { householdId, month }: { readonly householdId: string; readonly month: string },
  ) {
    return orThrow(await this.incomes.of(householdId, month, seenBy(actor).divisions));
  }

  @Mutation()
  @Allow('HOUSEHOLD_MANAGE')
  @AuditedBelow('household.registered')
  async householdRegister(@CurrentActor() actor: Actor, @Args('input') input: RegisterInput) {
    const members = input.members.map(({ name, birthYear = null }) => ({ name, birthYear }));
    const id = await this.service.register({ ...input, members }, registrarOf(actor));
    return refused(id) ? id : { household: await this.reader.byId(id, registrarOf(actor)) };
  }

  @Mutation()
  @Allow('HOUSEHOLD_MANAGE')
  @AuditedBelow('household.member_set')
  async householdMemberSet(
    @CurrentActor() actor: Actor,
    @Args() { memberId, state, leftOn = null }: MemberArgs,
  ) {
    const id = await this.service.setMember(memberId, state, leftOn, registrarOf(actor));
    return refused(id) ? id : { household: await this.reader.byId(id, registrarOf(actor)) };
  }

  @Mutation()
  @Allow('HOUSEHOLD_MANAGE')
  @AuditedBelow('household.introduced')
  async householdIntroduce(
    @CurrentActor() actor: Actor,
    @Args() args: { readonly householdId: string; readonly merchantId: string },
  ) {
    const household = await this.reader.byId(args.householdId, registrarOf(actor));
    if (!household) throw new NotFound('Household', args.householdId);
    const merchant = await this.merchants.byId(args.merchantId);
    if (!merchant) throw new NotFound('Merchant', args.merchantId);
    await this.service.introduce(args.householdId, merchant.id, registrarOf(actor));
    return { household };
  }

  @ResolveField()
  members(@Parent() { id }: MaskedHousehold, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        `${HouseholdReader.name}.members`,
        (ids) => reader.membersOf(ids),
        ({ householdId }) => householdId,
      )
      .load(id);
  }
}
