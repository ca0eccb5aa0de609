import { Module } from '@nestjs/common';
import { PaymentModule } from '#libs/payment';
import { StripeController } from './stripe.controller.js';

@Module({ imports: [PaymentModule], controllers: [StripeController] })
export class WebhooksModule {}
