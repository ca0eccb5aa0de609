import {
  BadRequestException,
  Controller,
  Headers,
  HttpCode,
  Post,
  type RawBodyRequest,
  Req,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProviderNotificationService } from '#libs/payment';
import { Public } from '#platform/auth';
import { Unthrottled } from '#platform/throttle';

/** Where Stripe tells us what happened. It is verified, stored and acknowledged; nothing else happens in its time. */
@Controller('webhooks/stripe')
export class StripeController {
  constructor(private readonly notifications: ProviderNotificationService) {}

  @Post()
  @Public()
  @HttpCode(200)
  @Unthrottled()
  async receive(
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Headers('stripe-signature') signature = '',
  ): Promise<{ received: true }> {
    // Signed is what was sent, byte for byte; the parsed body is not looked at.
    const receipt = await this.notifications.receive(request.rawBody ?? Buffer.alloc(0), signature);
    if (receipt === 'REFUSED') throw new BadRequestException('The signature does not fit.');
    return { received: true };
  }
}
