import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { maskPhone } from '#libs/identity';
import {
  CLAIM_KEY_PARTS,
  CLAIM_QUEUE_KEY_PARTS,
  type ClaimId,
  ClaimReader,
  ClaimReviewService,
  type ClaimReviewer,
  type ClaimRow,
  ClaimService,
  type ClaimState,
  type DraftArgs,
  IntakeEffectService,
  type ReturnNote,
  draftOf,
  maskName,
} from '#libs/intake';
import { type DomainError, pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, divisionsOf, AuditedBelow } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { Claimants } from './claimant.loader.js';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface ClaimArgs {
  readonly claimId: string;
}

/** The divisions one may claim for: one's own, not those inside. */
function ownOf(actor: Actor): readonly string[] {
  const divisions = divisionsOf(actor, 'CLAIM');
  return divisions === 'ALL' ? [] : divisions;
}

function reviewerOf(actor: Actor): ClaimReviewer {
  return {
    userId: actor.userId,
    divisions: divisionsOf(actor, 'VOLUME_REVIEW'),
    organisations: actor.grants,
  };
}

@Resolver('Claim')
export class ClaimResolver {
  constructor(
    private readonly service: ClaimService,
    private readonly review: ClaimReviewService,
    private readonly reader: ClaimReader,
    private readonly effects: IntakeEffectService,
    private readonly claimants: Claimants,
  ) {}

  @Query()
  @Allow('REVIEW_READ')
  claims(
    @CurrentActor() actor: Actor,
    @Args() { states, first, after }: PageArgs & { readonly states?: readonly ClaimState[] | null },
  ) {
    const page = orThrow(pageRequest(first, after, CLAIM_QUEUE_KEY_PARTS));
    return this.reader.page({ divisions: divisionsOf(actor, 'REVIEW_READ') }, states ?? ['SUBMITTED'], page);
  }

  @Query()
  @Allow('CLAIM')
  ownClaims(@CurrentActor() actor: Actor, @Args() { first, after }: PageArgs) {
    return this.reader.page(
      { claimantIds: ownOf(actor) },
      null,
      orThrow(pageRequest(first, after, CLAIM_KEY_PARTS)),
    );
  }

  @Query()
  @Allow('REVIEW_READ')
  @AuditedBelow('claim.seen')
  async claim(@CurrentActor() actor: Actor, @Args('id') id: string) {
    const own = await this.reader.byId(id, { claimantIds: ownOf(actor) });
    if (own) return own;
    const claim = await this.review.look(id, {
      userId: actor.userId,
      divisions: divisionsOf(actor, 'REVIEW_READ'),
    });
    return claim && masked(claim);
  }

  @Mutation()
  @Allow('CLAIM')
  async claimDraftSave(@CurrentActor() actor: Actor, @Args('input') input: DraftArgs) {
    const author = { userId: actor.userId, claimantIds: ownOf(actor) };
    const saved = await this.service.saveDraft(draftOf(input), author);
    return refused(saved) ? saved : { claim: await this.ownClaim(actor, saved) };
  }

  @Mutation()
  @Allow('CLAIM')
  async claimSubmit(
    @CurrentActor() actor: Actor,
    @Args() { claimId, revision }: ClaimArgs & { readonly revision: number },
  ) {
    const author = { userId: actor.userId, claimantIds: ownOf(actor) };
    const submitted = await this.service.submit(claimId, revision, author);
    return refused(submitted) ? submitted : { claim: await this.ownClaim(actor, submitted) };
  }

  @Mutation()
  @Allow('VOLUME_REVIEW')
  @AuditedBelow('claim.approved')
  async claimApprove(@CurrentActor() actor: Actor, @Args() { claimId }: ClaimArgs) {
    return this.answer(actor, await this.review.approve(claimId, reviewerOf(actor)));
  }

  @Mutation()
  @Allow('VOLUME_REVIEW')
  @AuditedBelow('claim.returned')
  async claimReturn(@CurrentActor() actor: Actor, @Args() { claimId, ...note }: ClaimArgs & ReturnNote) {
    return this.answer(actor, await this.review.returnForMending(claimId, note, reviewerOf(actor)));
  }

  @Mutation()
  @Allow('VOLUME_REVIEW')
  @AuditedBelow('claim.rejected')
  async claimReject(
    @CurrentActor() actor: Actor,
    @Args() { claimId, reason }: ClaimArgs & { readonly reason: string },
  ) {
    return this.answer(actor, await this.review.reject(claimId, reason, reviewerOf(actor)));
  }

  @Mutation()
  @Allow('VOLUME_REVIEW')
  @AuditedBelow('claim.reversed')
  async claimReverse(
    @CurrentActor() actor: Actor,
    @Args() { claimId, reason }: ClaimArgs & { readonly reason: string },
  ) {
    return this.answer(actor, await this.review.reverse(claimId, reason, reviewerOf(actor)));
  }

  @ResolveField()
  evidence(@Parent() { id }: ClaimRow) {
    return this.reader.evidenceOf(id);
  }

  @ResolveField()
  claimantName(@Parent() claim: ClaimRow, @Context() context: GraphqlContext) {
    return this.claimants.nameOf(claim, context);
  }

  @ResolveField()
  effect(@Parent() claim: ClaimRow) {
    return this.effects.ofClaim(claim);
  }

  @ResolveField()
  steps(@Parent() { id }: ClaimRow) {
    return this.reader.stepsOf(id);
  }

  @ResolveField()
  async heldCount(@Parent() { id }: ClaimRow) {
    const [held] = await this.reader.heldCounts([id]);
    return held?.heldCount ?? 0;
  }

  private async answer<R extends DomainError>(
    actor: Actor,
    result: ClaimId | R,
  ): Promise<R | { claim: ClaimRow }> {
    if (refused(result)) return result as R;
    const scope = { divisions: divisionsOf(actor, 'VOLUME_REVIEW') };
    return { claim: masked(present(await this.reader.byId(result, scope), 'the claim just decided')) };
  }

  private async ownClaim(actor: Actor, id: ClaimId): Promise<ClaimRow> {
    return present(await this.reader.byId(id, { claimantIds: ownOf(actor) }), 'the claim just saved');
  }
}

/** Of a person, what tells them from others; a school or an office is none. In plain: `personalDataUnmask`. */
function masked(claim: ClaimRow): ClaimRow {
  const { buyerPhone, buyerName, buyerKind } = claim.content;
  const isPerson = buyerKind !== 'ORGANISATION' && buyerKind !== 'UNION';
  return {
    ...claim,
    content: {
      ...claim.content,
      buyerName: buyerName !== null && isPerson ? maskName(buyerName) : buyerName,
      buyerPhone: buyerPhone === null ? null : maskPhone(buyerPhone),
    },
  };
}

@Resolver('ClaimSummary')
export class ClaimSummaryResolver {
  constructor(
    private readonly reader: ClaimReader,
    private readonly claimants: Claimants,
  ) {}

  @ResolveField()
  claimantName(@Parent() claim: ClaimRow, @Context() context: GraphqlContext) {
    return this.claimants.nameOf(claim, context);
  }

  @ResolveField()
  buyerName(@Parent() { buyerName }: ClaimRow) {
    return maskName(buyerName);
  }

  @ResolveField()
  async heldCount(@Parent() { id }: ClaimRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const held = await loaders
      .byId(
        `${ClaimReader.name}.held`,
        (ids) => reader.heldCounts(ids),
        ({ claimId }) => claimId,
      )
      .load(id);
    return held?.heldCount ?? 0;
  }
}
