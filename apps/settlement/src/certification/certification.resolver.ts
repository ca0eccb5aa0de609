import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CERTIFICATION_KEY_PARTS,
  type CertificationApplicationId,
  CertificationApplicationReader,
  type CertificationApplicationRow,
  CertificationObjectionReader,
  CertificationObjectionService,
  CertificationReviewService,
  type CertificationReviewer,
  type CertificationState,
  type CertificationVerdict,
  type ObjectionVerdict,
  WAITING,
  desksOf,
} from '#libs/certification';
import { type DomainError, NotFound, type ReturnedField, pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

/** Whoever certifies for their division sits at its desk; whoever may only certify sits for the department that knows the trade. */
export function reviewerOf(actor: Actor): CertificationReviewer {
  const divisions = divisionsOf(actor, 'CERTIFY');
  const offices = divisionsOf(actor, 'CERTIFY_OFFICE');
  const sectors =
    divisions === 'ALL' || offices === 'ALL' ? [] : divisions.filter((code) => !offices.includes(code));
  return { userId: actor.userId, divisions, desks: desksOf({ offices, sectors }) };
}

@Resolver()
export class CertificationResolver {
  constructor(
    private readonly review: CertificationReviewService,
    private readonly objections: CertificationObjectionService,
    private readonly said: CertificationObjectionReader,
    private readonly reader: CertificationApplicationReader,
  ) {}

  @Query()
  @Allow('CERTIFICATION_READ')
  certificationApplications(
    @CurrentActor() actor: Actor,
    @Args()
    {
      states,
      atMyDesk,
      first,
      after,
    }: {
      states?: readonly CertificationState[] | null;
      atMyDesk?: boolean | null;
      first?: number | null;
      after?: string | null;
    },
  ) {
    const page = orThrow(pageRequest(first, after, CERTIFICATION_KEY_PARTS));
    const desks = atMyDesk ? reviewerOf(actor).desks : null;
    const scope = { divisions: divisionsOf(actor, 'CERTIFICATION_READ') };
    return this.reader.page(scope, { states: states ?? WAITING, desks }, page);
  }

  @Query()
  @Allow('CERTIFICATION_READ')
  @AuditedBelow('certification.seen')
  certificationApplication(@CurrentActor() actor: Actor, @Args('id') id: string) {
    const divisions = divisionsOf(actor, 'CERTIFICATION_READ');
    return this.review.look(id, { userId: actor.userId, divisions });
  }

  @Query()
  @Allow('CERTIFICATION_READ')
  @AuditedBelow('certification.seen')
  async certificationObjections(@CurrentActor() actor: Actor, @Args('applicationId') applicationId: string) {
    const divisions = divisionsOf(actor, 'CERTIFICATION_READ');
    const application = await this.review.look(applicationId, { userId: actor.userId, divisions });
    if (!application) throw new NotFound('CertificationApplication', applicationId);
    return this.said.ofApplication(application.id);
  }

  @Mutation()
  @Allow('CERTIFY')
  @AuditedBelow('certification.passed')
  async certificationPass(@CurrentActor() actor: Actor, @Args() verdict: CertificationVerdict) {
    const reviewer = reviewerOf(actor);
    return this.answer(reviewer, await this.review.pass(verdict, reviewer));
  }

  @Mutation()
  @Allow('CERTIFY')
  @AuditedBelow('certification.returned')
  async certificationReturn(
    @CurrentActor() actor: Actor,
    @Args() { fields, ...verdict }: CertificationVerdict & { readonly fields: readonly ReturnedField[] },
  ) {
    const reviewer = reviewerOf(actor);
    return this.answer(reviewer, await this.review.returnForMending(verdict, fields, reviewer));
  }

  @Mutation()
  @Allow('CERTIFY')
  @AuditedBelow('certification.refused')
  async certificationRefuse(@CurrentActor() actor: Actor, @Args() verdict: CertificationVerdict) {
    const reviewer = reviewerOf(actor);
    return this.answer(reviewer, await this.review.refuse(verdict, reviewer));
  }

  @Mutation()
  @Allow('CERTIFY')
  @AuditedBelow('certification.objection_decided')
  async certificationObjectionDecide(@CurrentActor() actor: Actor, @Args() verdict: ObjectionVerdict) {
    const reviewer = reviewerOf(actor);
    return this.answer(reviewer, await this.objections.decide(verdict, reviewer));
  }

  private async answer<R extends DomainError>(
    { divisions }: CertificationReviewer,
    result: CertificationApplicationId | R,
  ): Promise<R | { application: CertificationApplicationRow }> {
    if (refused(result)) return result as R;
    const row = present(await this.reader.byId(result, { divisions }), 'the application just decided');
    return { application: row };
  }
}
