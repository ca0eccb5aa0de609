import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NotFound } from '#libs/kernel';
import { PairingPhotoService } from '#libs/pairing';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { photoHeaders, photoSizeOf } from '#platform/files';

/** What would be shown of households, before it is. */
@Controller()
export class PairingPhotoController {
  constructor(private readonly photos: PairingPhotoService) {}

  @Get('pairings/:pairingId/photo')
  @Allow('HOUSEHOLD_READ')
  @AuditedBelow('pairing.photo_seen')
  async show(
    @CurrentActor() actor: Actor,
    @Param('pairingId') pairingId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const judge = { userId: actor.userId, divisions: divisionsOf(actor, 'HOUSEHOLD_READ') };
    const open = await this.photos.open(pairingId, photoSizeOf(size), judge);
    if (!open) throw new NotFound('Photo', pairingId);
    await reply.headers(photoHeaders(open)).send(open.bytes);
  }
}
