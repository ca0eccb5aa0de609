import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  HouseholdRegisterService,
  LINKAGE_FLAG_KEY_PARTS,
  LINKAGE_PAYMENT_KEY_PARTS,
  LinkageAgreementReader,
  LinkageConfirmationService,
  type LinkageFlagRow,
  type LinkageFlagState,
  LinkagePaymentReader,
  type LinkagePaymentRow,
} from '#libs/household';
import { pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, Audited, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PaymentsArgs {
  readonly householdId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface FlagsArgs {
  readonly state?: LinkageFlagState | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

function seenBy(actor: Actor) {
  return { divisions: divisionsOf(actor, 'HOUSEHOLD_READ') };
}

function registrarOf(actor: Actor) {
  return { userId: actor.userId, divisions: divisionsOf(actor, 'HOUSEHOLD_MANAGE') };
}

@Resolver('LinkagePayment')
export class LinkagePaymentResolver {
  constructor(
    private readonly confirmations: LinkageConfirmationService,
    private readonly reader: LinkagePaymentReader,
    private readonly agreements: LinkageAgreementReader,
  ) {}

  @Query()
  @Allow('HOUSEHOLD_READ')
  @Audited('linkage_payment.seen', 'householdId')
  linkagePayments(@CurrentActor() actor: Actor, @Args() { householdId, first, after }: PaymentsArgs) {
    const page = orThrow(pageRequest(first, after, LINKAGE_PAYMENT_KEY_PARTS));
    const about = householdId === null || householdId === undefined ? null : { householdId };
    return this.reader.page(seenBy(actor), about, page);
  }

  @Mutation()
  @Allow('HOUSEHOLD_MANAGE')
  @AuditedBelow('linkage.confirmation_issued')
  linkageConfirmationIssue(@CurrentActor() actor: Actor, @Args('paymentId') paymentId: string) {
    return this.confirmations.issue(paymentId, registrarOf(actor));
  }

  @ResolveField()
  async photoIds(@Parent() { id }: LinkagePaymentRow, @Context() { loaders }: GraphqlContext) {
    const { agreements } = this;
    const photos = await loaders
      .listOf(
        `${LinkageAgreementReader.name}.photos`,
        (ids) => agreements.photosOf(ids),
        ({ subjectId }) => subjectId,
      )
      .load(id);
    return photos.map(({ photoId }) => photoId);
  }
}

@Resolver('LinkageFlag')
export class LinkageFlagResolver {
  constructor(
    private readonly service: HouseholdRegisterService,
    private readonly reader: LinkagePaymentReader,
  ) {}

  @Query()
  @Allow('HOUSEHOLD_READ')
  @Audited('linkage_flag.listed')
  linkageFlags(@CurrentActor() actor: Actor, @Args() { state, first, after }: FlagsArgs) {
    const page = orThrow(pageRequest(first, after, LINKAGE_FLAG_KEY_PARTS));
    return this.reader.flags(seenBy(actor), state ?? 'OPEN', page);
  }

  @Mutation()
  @Allow('HOUSEHOLD_MANAGE')
  @AuditedBelow('linkage_flag.decided')
  async linkageFlagDecide(
    @CurrentActor() actor: Actor,
    @Args() { flagId, ...decision }: { flagId: string; isUpheld: boolean; note: string },
  ) {
    const id = await this.service.decide(flagId, decision, registrarOf(actor));
    return refused(id) ? id : { flag: await this.reader.flag(id, registrarOf(actor)) };
  }

  @ResolveField()
  async payment(@Parent() { paymentId }: LinkageFlagRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const payment = await loaders
      .byId(
        `${LinkagePaymentReader.name}.byIds`,
        (ids) => reader.byIds(ids),
        ({ id }) => id,
      )
      .load(paymentId);
    return present(payment, 'what a flag is about');
  }
}
