import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  type ChannelPointId,
  type Entrusting,
  PLACE_KEY_PARTS,
  type PlaceFilter,
  PlaceReader,
  PlaceReviewService,
  type PlaceReviewer,
  type PlaceRow,
  type PlaceStepWish,
} from '#libs/channel';
import { type DomainError, pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface Asked extends PlaceFilter {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface DecideInput extends Pick<PlaceStepWish, 'placeId' | 'revision' | 'act' | 'reason'> {
  readonly documentNo?: string | null;
  readonly fileIds?: readonly string[] | null;
}

const reviewerOf = (actor: Actor): PlaceReviewer => ({
  userId: actor.userId,
  divisions: divisionsOf(actor, 'PLACE_REVIEW'),
});

@Resolver()
export class PlaceResolver {
  constructor(
    private readonly review: PlaceReviewService,
    private readonly reader: PlaceReader,
  ) {}

  @Query()
  @Allow('PLACE_READ')
  places(@CurrentActor() actor: Actor, @Args() { first, after, ...filter }: Asked) {
    const page = orThrow(pageRequest(first, after, PLACE_KEY_PARTS));
    return this.reader.page({ divisions: divisionsOf(actor, 'PLACE_READ') }, filter, page);
  }

  @Query()
  @Allow('PLACE_READ')
  place(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, { divisions: divisionsOf(actor, 'PLACE_READ') });
  }

  @Mutation()
  @Allow('PLACE_REVIEW')
  async placeDecide(@CurrentActor() actor: Actor, @Args('input') input: DecideInput) {
    const by = reviewerOf(actor);
    const { documentNo, fileIds, ...said } = input;
    const decided = await this.review.decide(
      { ...said, documentNo: documentNo ?? '', fileIds: fileIds ?? [], effectiveOn: null },
      by,
    );
    return this.answer(by, decided);
  }

  @Mutation()
  @Allow('PLACE_REVIEW')
  async placeEntrust(@CurrentActor() actor: Actor, @Args('input') input: Entrusting) {
    const by = reviewerOf(actor);
    return this.answer(by, await this.review.entrust(input, by));
  }

  private async answer<R extends DomainError>(
    by: PlaceReviewer,
    result: ChannelPointId | R,
  ): Promise<R | { place: PlaceRow }> {
    if (refused(result)) return result as R;
    return { place: present(await this.reader.byId(result, by), 'the place just decided about') };
  }
}
