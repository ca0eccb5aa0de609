import { Module } from '@nestjs/common';
import { PaymentModule } from '#libs/payment';
import { PaymentResolver } from './payment.resolver.js';

@Module({ imports: [PaymentModule], providers: [PaymentResolver] })
export class PaymentDoorModule {}
