import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { maskPhone } from '#libs/identity';
import { type DomainError, pageRequest, present, refused, type ReturnedField } from '#libs/kernel';
import {
  APPLICATION_QUEUE_KEY_PARTS,
  type ApplicationReviewer,
  type ApplicationRow,
  type ApplicationState,
  type ApplicationVerdict,
  type MerchantApplicationId,
  MerchantApplicationReader,
  MerchantApplicationReviewService,
} from '#libs/merchant';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf, may } from '#platform/auth';
import { orThrow } from '#platform/graphql';

const WAITING: readonly ApplicationState[] = ['SUBMITTED', 'RECOMMENDED'];

function reviewerOf(actor: Actor): ApplicationReviewer {
  return {
    userId: actor.userId,
    divisions: divisionsOf(actor, 'MERCHANT_REVIEW'),
    stages: [
      ...(may(actor, 'MERCHANT_RECOMMEND') ? (['COUNTY'] as const) : []),
      ...(may(actor, 'MERCHANT_APPROVE') ? (['PLATFORM'] as const) : []),
    ],
  };
}

@Resolver()
export class ApplicationResolver {
  constructor(
    private readonly review: MerchantApplicationReviewService,
    private readonly reader: MerchantApplicationReader,
  ) {}

  @Query()
  @Allow('MERCHANT_READ')
  merchantApplications(
    @CurrentActor() actor: Actor,
    @Args()
    {
      states,
      first,
      after,
    }: { states?: readonly ApplicationState[] | null; first?: number | null; after?: string | null },
  ) {
    const page = orThrow(pageRequest(first, after, APPLICATION_QUEUE_KEY_PARTS));
    return this.reader.page({ divisions: divisionsOf(actor, 'MERCHANT_READ') }, states ?? WAITING, page);
  }

  @Query()
  @Allow('MERCHANT_READ')
  @AuditedBelow('merchant_application.seen')
  async merchantApplication(@CurrentActor() actor: Actor, @Args('id') id: string) {
    const divisions = divisionsOf(actor, 'MERCHANT_READ');
    const application = await this.review.look(id, { userId: actor.userId, divisions });
    return application && masked(application);
  }

  @Mutation()
  @Allow('MERCHANT_RECOMMEND')
  @AuditedBelow('merchant_application.recommended')
  async merchantApplicationRecommend(@CurrentActor() actor: Actor, @Args() verdict: ApplicationVerdict) {
    const divisions = divisionsOf(actor, 'MERCHANT_RECOMMEND');
    const reviewer = { userId: actor.userId, divisions, stages: ['COUNTY'] } as const;
    return this.answer(divisions, await this.review.recommend(verdict, reviewer));
  }

  @Mutation()
  @Allow('MERCHANT_APPROVE')
  @AuditedBelow('merchant_application.approved')
  async merchantApplicationApprove(
    @CurrentActor() actor: Actor,
    @Args() verdict: Omit<ApplicationVerdict, 'reason'>,
  ) {
    const divisions = divisionsOf(actor, 'MERCHANT_APPROVE');
    const reviewer = { userId: actor.userId, divisions, stages: ['PLATFORM'] } as const;
    return this.answer(divisions, await this.review.approve(verdict, reviewer));
  }

  @Mutation()
  @Allow('MERCHANT_REVIEW')
  @AuditedBelow('merchant_application.returned')
  async merchantApplicationReturn(
    @CurrentActor() actor: Actor,
    @Args() { fields, ...verdict }: ApplicationVerdict & { readonly fields: readonly ReturnedField[] },
  ) {
    const reviewer = reviewerOf(actor);
    return this.answer(reviewer.divisions, await this.review.returnForMending(verdict, fields, reviewer));
  }

  @Mutation()
  @Allow('MERCHANT_REVIEW')
  @AuditedBelow('merchant_application.refused')
  async merchantApplicationRefuse(@CurrentActor() actor: Actor, @Args() verdict: ApplicationVerdict) {
    const reviewer = reviewerOf(actor);
    return this.answer(reviewer.divisions, await this.review.refuse(verdict, reviewer));
  }

  private async answer<R extends DomainError>(
    divisions: readonly string[] | 'ALL',
    result: MerchantApplicationId | R,
  ): Promise<R | { application: ApplicationRow }> {
    if (refused(result)) return result as R;
    const row = present(await this.reader.byId(result, { divisions }), 'the application just decided');
    return { application: masked(row) };
  }
}

/** Whom to call is told by `personalDataUnmask`, once there is a merchant. */
function masked(application: ApplicationRow): ApplicationRow {
  const { content } = application;
  const contactPhone = content.contactPhone === null ? null : maskPhone(content.contactPhone);
  return { ...application, content: { ...content, contactPhone } };
}
