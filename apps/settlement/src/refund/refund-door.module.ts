import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { PaymentModule } from '#libs/payment';
import { SettlementModule } from '#libs/settlement';
import { BankRefundResolver } from './bank-refund.resolver.js';
import { ClawbackResolver } from './clawback.resolver.js';
import { RefundResolver } from './refund.resolver.js';

@Module({
  imports: [ApprovalModule, PaymentModule, SettlementModule],
  providers: [RefundResolver, BankRefundResolver, ClawbackResolver],
})
export class RefundDoorModule {}
