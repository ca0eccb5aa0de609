import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Page, pageRequest, refused } from '#libs/kernel';
import { CAMPAIGN_KEY_PARTS, type CampaignFacts, CampaignReader, CampaignService } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

@Resolver('Campaign')
export class CampaignResolver {
  constructor(
    private readonly reader: CampaignReader,
    private readonly service: CampaignService,
  ) {}

  @Query()
  @Allow('VOLUME_READ')
  campaigns(
    @Args('first') first: number | null = null,
    @Args('after') after: string | null = null,
  ): Promise<Page<CampaignFacts>> {
    return this.reader.page(orThrow(pageRequest(first, after, CAMPAIGN_KEY_PARTS)));
  }

  @Mutation()
  @Allow('CAMPAIGN_SET')
  async campaignSet(@CurrentActor() actor: Actor, @Args('input') input: CampaignFacts) {
    assertPlatformWide(actor, 'CAMPAIGN_SET');
    const campaign = await this.service.set(input, actor.userId);
    return refused(campaign) ? campaign : { campaign };
  }
}
