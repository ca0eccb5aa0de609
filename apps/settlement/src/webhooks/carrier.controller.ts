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
import { ParcelTrackService } from '#libs/fulfillment';
import { Public } from '#platform/auth';
import { Unthrottled } from '#platform/throttle';

/** Where carriers tell us where parcels are. What is told twice, late or of nobody's parcel is acknowledged as well: told again it would be no better. */
@Controller('webhooks/carrier')
export class CarrierController {
  constructor(private readonly tracks: ParcelTrackService) {}

  @Post()
  @Public()
  @HttpCode(200)
  @Unthrottled()
  async receive(
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Headers('carrier-signature') signature = '',
  ): Promise<{ received: true }> {
    // Signed is what was sent, byte for byte; the parsed body is not looked at.
    const receipt = await this.tracks.receive(request.rawBody ?? Buffer.alloc(0), signature);
    if (receipt === 'REFUSED') throw new BadRequestException('The signature does not fit.');
    return { received: true };
  }
}
