import { Injectable } from '@nestjs/common';
import { AuditService, type UserId } from '#libs/identity';
import { Clock, type InvalidInputError } from '#libs/kernel';
import { Database } from '#platform/database';
import { CampaignRepository } from './campaign.repository.js';
import { type CampaignFacts, refuseCampaign } from './campaign.rules.js';

@Injectable()
export class CampaignService {
  constructor(
    private readonly database: Database,
    private readonly campaigns: CampaignRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Makes it, or changes its name and days; what was bought in it before stays bought in it. */
  set(facts: CampaignFacts, userId: UserId): Promise<CampaignFacts | InvalidInputError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseCampaign(facts);
      if (refusal) return refusal;
      const campaign = { ...facts, name: facts.name.trim() };
      await this.campaigns.save(tx, campaign, this.clock.now());
      const { code: subject, ...detail } = campaign;
      await this.audit.record(tx, { actorId: userId, act: 'campaign.set', subject, detail });
      return campaign;
    });
  }
}
