import { Module } from '@nestjs/common';
import { OrderingModule } from '#libs/ordering';
import { CampaignResolver } from './campaign.resolver.js';

@Module({ imports: [OrderingModule], providers: [CampaignResolver] })
export class CampaignDoorModule {}
