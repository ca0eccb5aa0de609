import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { LedgerModule } from '#libs/ledger';
import { SettlementModule } from '#libs/settlement';
import { LedgerActResolver } from './ledger-act.resolver.js';
import { LedgerResolver } from './ledger.resolver.js';

@Module({
  imports: [LedgerModule, SettlementModule, IdentityModule],
  providers: [LedgerResolver, LedgerActResolver],
})
export class LedgerDoorModule {}
