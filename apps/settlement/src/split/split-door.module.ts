import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { CatalogModule } from '#libs/catalog';
import { HouseholdModule } from '#libs/household';
import { MerchantModule } from '#libs/merchant';
import { SettlementModule } from '#libs/settlement';
import { ContributionRuleResolver } from './contribution-rule.resolver.js';
import { HouseholdPoolResolver } from './household-pool.resolver.js';
import { SplitRuleResolver } from './split-rule.resolver.js';
import { RuleActResolver } from './rule-act.resolver.js';
import { SplitResolver } from './split.resolver.js';

@Module({
  imports: [ApprovalModule, CatalogModule, HouseholdModule, MerchantModule, SettlementModule],
  providers: [
    ContributionRuleResolver,
    HouseholdPoolResolver,
    RuleActResolver,
    SplitResolver,
    SplitRuleResolver,
  ],
})
export class SplitDoorModule {}
