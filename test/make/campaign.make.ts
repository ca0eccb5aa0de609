import { newId, refused } from '#libs/kernel';
import { type CampaignFacts, CampaignService } from '#libs/ordering';
import type { World } from '../harness/world.js';

/** The campaign month of 2026 and the weeks around it, unless said otherwise. */
export async function makeCampaign(
  world: Pick<World, 'get'>,
  changes: Partial<CampaignFacts> = {},
): Promise<CampaignFacts> {
  const campaign = await world.get(CampaignService).set(
    {
      code: 'MONTH-2026',
      name: '2026 年消费帮扶月',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      ...changes,
    },
    newId('usr'),
  );
  if (refused(campaign)) throw new Error(campaign.message.en);
  return campaign;
}
