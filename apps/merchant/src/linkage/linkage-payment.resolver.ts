import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  LINKAGE_PAYMENT_KEY_PARTS,
  LinkageAgreementReader,
  LinkagePaymentReader,
  type LinkagePaymentRow,
  LinkagePaymentService,
  type PaidWish,
} from '#libs/household';
import { pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PaymentsArgs {
  readonly agreementId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface RecordInput extends Omit<PaidWish, 'category' | 'note'> {
  readonly category?: PaidWish['category'];
  readonly note?: string | null;
}

interface ReverseArgs {
  readonly paymentId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

function actorOf(actor: Actor) {
  return { userId: actor.userId, merchantIds: merchantsOf(actor, 'LINKAGE') };
}

@Resolver('LinkagePayment')
export class LinkagePaymentResolver {
  constructor(
    private readonly service: LinkagePaymentService,
    private readonly reader: LinkagePaymentReader,
    private readonly agreements: LinkageAgreementReader,
  ) {}

  @Query()
  @Allow('LINKAGE')
  linkagePayments(@CurrentActor() actor: Actor, @Args() { agreementId, first, after }: PaymentsArgs) {
    const page = orThrow(pageRequest(first, after, LINKAGE_PAYMENT_KEY_PARTS));
    return this.reader.page(actorOf(actor), { agreementId }, page);
  }

  @Mutation()
  @Allow('LINKAGE')
  async linkagePaymentRecord(@CurrentActor() actor: Actor, @Args('input') input: RecordInput) {
    const wish = { ...input, category: input.category ?? null, note: input.note ?? '' };
    const id = await this.service.record(wish, actorOf(actor));
    return refused(id) ? id : { payment: await this.reader.byId(id, actorOf(actor)) };
  }

  @Mutation()
  @Allow('LINKAGE')
  async linkagePaymentReverse(@CurrentActor() actor: Actor, @Args() { paymentId, ...reversal }: ReverseArgs) {
    const id = await this.service.reverse(paymentId, reversal, actorOf(actor));
    return refused(id) ? id : { payment: await this.reader.byId(id, actorOf(actor)) };
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
