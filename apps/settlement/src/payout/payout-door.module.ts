import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { DivisionModule } from '#libs/division';
import { IdentityModule } from '#libs/identity';
import { PayoutModule } from '#libs/settlement';
import { AccountOwnersModule } from '../ledger/account-owners.module.js';
import { PayeeAccountResolver } from './payee-account.resolver.js';
import { PayoutBatchResolver } from './payout-batch.resolver.js';
import { PayoutFileResolver } from './payout-file.resolver.js';
import { PayoutPolicyResolver } from './payout-policy.resolver.js';
import { PayoutRunResolver } from './payout-run.resolver.js';
import { PayoutResolver } from './payout.resolver.js';

@Module({
  imports: [PayoutModule, ApprovalModule, IdentityModule, DivisionModule, AccountOwnersModule],
  providers: [
    PayoutResolver,
    PayoutRunResolver,
    PayoutBatchResolver,
    PayoutFileResolver,
    PayeeAccountResolver,
    PayoutPolicyResolver,
  ],
})
export class PayoutDoorModule {}
