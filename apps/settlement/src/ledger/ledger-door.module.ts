import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { LedgerModule } from '#libs/ledger';
import { SettlementModule } from '#libs/settlement';
import { AccountOwnersModule } from './account-owners.module.js';
import { LedgerAccountOwnerResolver, LedgerTransferOwnerResolver } from './account-owner.resolver.js';
import { LedgerActResolver } from './ledger-act.resolver.js';
import { LedgerResolver } from './ledger.resolver.js';

@Module({
  imports: [LedgerModule, SettlementModule, IdentityModule, AccountOwnersModule],
  providers: [LedgerResolver, LedgerActResolver, LedgerAccountOwnerResolver, LedgerTransferOwnerResolver],
})
export class LedgerDoorModule {}
