import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  type ChannelPointId,
  type LooseProposal,
  PLACE_KEY_PARTS,
  type PlaceFilter,
  type PlaceProposalInput,
  type PlaceProposer,
  PlaceReader,
  type PlaceRow,
  PlaceService,
  type PlaceStepWish,
} from '#libs/channel';
import { type DomainError, NotFound, pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface Asked extends Pick<PlaceFilter, 'kind' | 'contractSeriesId'> {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface StepInput extends Pick<PlaceStepWish, 'placeId' | 'revision' | 'act'> {
  readonly reason?: string | null;
  readonly fileIds?: readonly string[] | null;
  readonly effectiveOn?: string | null;
}

interface AmendInput {
  readonly placeId: string;
  readonly revision: number;
  readonly place: LooseProposal;
}

const proposerOf = (actor: Actor): PlaceProposer => ({
  userId: actor.userId,
  merchantIds: merchantsOf(actor, 'PLACE'),
});

@Resolver()
export class PlaceResolver {
  constructor(
    private readonly service: PlaceService,
    private readonly reader: PlaceReader,
  ) {}

  @Query()
  @Allow('PLACE')
  places(@CurrentActor() actor: Actor, @Args() { merchantId, first, after, ...filter }: Asked) {
    if (!merchantsOf(actor, 'PLACE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, PLACE_KEY_PARTS));
    return this.reader.page({ merchantIds: [merchantId] }, filter, page);
  }

  @Query()
  @Allow('PLACE')
  place(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, proposerOf(actor));
  }

  @Mutation()
  @Allow('PLACE')
  async placePropose(@CurrentActor() actor: Actor, @Args('input') input: PlaceProposalInput) {
    return this.answer(actor, await this.service.propose(input, proposerOf(actor)));
  }

  @Mutation()
  @Allow('PLACE')
  async placeAmend(@CurrentActor() actor: Actor, @Args('input') { placeId, revision, place }: AmendInput) {
    return this.answer(actor, await this.service.amend(placeId, revision, place, proposerOf(actor)));
  }

  @Mutation()
  @Allow('PLACE')
  async placeStep(@CurrentActor() actor: Actor, @Args('input') input: StepInput) {
    const { placeId, revision, act, reason, fileIds, effectiveOn } = input;
    const wish: PlaceStepWish = {
      placeId,
      revision,
      act,
      reason: reason ?? '',
      documentNo: '',
      fileIds: fileIds ?? [],
      effectiveOn: effectiveOn ?? null,
    };
    return this.answer(actor, await this.service.step(wish, proposerOf(actor)));
  }

  private async answer<R extends DomainError>(
    actor: Actor,
    result: ChannelPointId | R,
  ): Promise<R | { place: PlaceRow }> {
    if (refused(result)) return result as R;
    return { place: present(await this.reader.byId(result, proposerOf(actor)), 'the place just told of') };
  }
}
