import { Module } from '@nestjs/common';
import { FulfillmentModule } from '#libs/fulfillment';
import { PaymentModule } from '#libs/payment';
import { CarrierController } from './carrier.controller.js';
import { StripeController } from './stripe.controller.js';

@Module({
  imports: [FulfillmentModule, PaymentModule],
  controllers: [CarrierController, StripeController],
})
export class WebhooksModule {}
