import { Query, Resolver } from '@nestjs/graphql';
import { Clock, businessDay } from '#libs/kernel';
import { type CampaignFacts, CampaignReader } from '#libs/ordering';
import { Public } from '#platform/auth';

@Resolver('Campaign')
export class CampaignResolver {
  constructor(
    private readonly reader: CampaignReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Public()
  campaigns(): Promise<CampaignFacts[]> {
    return this.reader.running(businessDay(this.clock.now()));
  }
}
