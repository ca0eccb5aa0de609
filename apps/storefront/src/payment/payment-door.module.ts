import { Module } from '@nestjs/common';
import { PaymentModule } from '#libs/payment';
import { PaymentResolver } from './payment.resolver.js';
import { RefundResolver } from './refund.resolver.js';

@Module({ imports: [PaymentModule], providers: [PaymentResolver, RefundResolver] })
export class PaymentDoorModule {}
