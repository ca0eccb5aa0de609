import type { Readable } from 'node:stream';
import { Controller, HttpCode, HttpException, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { PhotoService, photoFaultOf } from '#platform/files';
import { Throttled } from '#platform/throttle';

/** Photos, brought one by one and shown by what they are then put to. */
@Controller()
export class PhotoController {
  constructor(private readonly photos: PhotoService) {}

  /** The body is the photo itself, as application/octet-stream. */
  @Post('photos')
  @Allow('PHOTO')
  @HttpCode(201)
  @Throttled('UPLOAD')
  async upload(@CurrentActor() { userId }: Actor, @Req() request: FastifyRequest): Promise<object> {
    const photo = await this.photos.keep(request.body as Readable, userId);
    if (typeof photo === 'string') throw new HttpException(photoFaultOf(photo), 422);
    const { id, width, height, sizeBytes, sha256 } = photo;
    return { id, width, height, sizeBytes, sha256 };
  }
}
