import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NotFound } from '#libs/kernel';
import { PairingReader } from '#libs/pairing';
import { Public } from '#platform/auth';
import { PhotoService, photoHeaders, photoSizeOf } from '#platform/files';

/** Not kept by anybody between: who no longer agrees is gone at once. */
@Controller()
export class PairingPhotoController {
  constructor(
    private readonly pairings: PairingReader,
    private readonly photos: PhotoService,
  ) {}

  @Get('pairings/:pairingId/photo')
  @Public()
  async show(
    @Param('pairingId') pairingId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const photoId = await this.pairings.shownPhoto(pairingId);
    const open = await this.photos.openById(photoId, photoSizeOf(size));
    if (!open) throw new NotFound('Photo', pairingId);
    await reply.headers(photoHeaders(open)).send(open.bytes);
  }
}
