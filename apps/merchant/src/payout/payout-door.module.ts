import { Module } from '@nestjs/common';
import { PayoutModule } from '#libs/settlement';
import { StatementModule } from '#libs/statement';
import { BankAccountResolver, PayoutResolver } from './payout.resolver.js';

@Module({
  imports: [PayoutModule, StatementModule],
  providers: [PayoutResolver, BankAccountResolver],
})
export class PayoutDoorModule {}
