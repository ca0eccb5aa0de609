import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { LedgerModule } from '#libs/ledger';
import { OrderingModule } from '#libs/ordering';
import { PayoutModule } from '#libs/settlement';
import { BankAccountResolver, PayoutResolver } from './payout.resolver.js';

@Module({
  imports: [PayoutModule, OrderingModule, LedgerModule, DivisionModule],
  providers: [PayoutResolver, BankAccountResolver],
})
export class PayoutDoorModule {}
