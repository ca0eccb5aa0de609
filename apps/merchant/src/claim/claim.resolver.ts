import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  CLAIM_KEY_PARTS,
  type ClaimId,
  ClaimReader,
  type ClaimRow,
  ClaimService,
  type ClaimState,
  type DraftArgs,
  draftOf,
  maskName,
} from '#libs/intake';
import { NotFound, pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface ClaimsArgs {
  readonly merchantId: string;
  readonly states?: readonly ClaimState[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

function scopeOf(actor: Actor) {
  return { claimantIds: merchantsOf(actor, 'CLAIM') };
}

@Resolver('Claim')
export class ClaimResolver {
  constructor(
    private readonly service: ClaimService,
    private readonly reader: ClaimReader,
  ) {}

  @Query()
  @Allow('CLAIM')
  claims(@CurrentActor() actor: Actor, @Args() { merchantId, states, first, after }: ClaimsArgs) {
    if (!merchantsOf(actor, 'CLAIM').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, CLAIM_KEY_PARTS));
    return this.reader.page({ claimantIds: [merchantId] }, states ?? null, page);
  }

  @Query()
  @Allow('CLAIM')
  claim(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, scopeOf(actor));
  }

  @Mutation()
  @Allow('CLAIM')
  async claimDraftSave(@CurrentActor() actor: Actor, @Args('input') input: DraftArgs) {
    const saved = await this.service.saveDraft(draftOf(input), { userId: actor.userId, ...scopeOf(actor) });
    return refused(saved) ? saved : { claim: await this.own(actor, saved) };
  }

  @Mutation()
  @Allow('CLAIM')
  async claimSubmit(
    @CurrentActor() actor: Actor,
    @Args('claimId') claimId: string,
    @Args('revision') revision: number,
  ) {
    const submitted = await this.service.submit(claimId, revision, {
      userId: actor.userId,
      ...scopeOf(actor),
    });
    return refused(submitted) ? submitted : { claim: await this.own(actor, submitted) };
  }

  @ResolveField()
  evidence(@Parent() { id }: ClaimRow) {
    return this.reader.evidenceOf(id);
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

  private async own(actor: Actor, id: ClaimId): Promise<ClaimRow> {
    return present(await this.reader.byId(id, scopeOf(actor)), 'the claim just saved');
  }
}

@Resolver('ClaimSummary')
export class ClaimSummaryResolver {
  constructor(private readonly reader: ClaimReader) {}

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
