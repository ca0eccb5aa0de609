import type { Readable } from 'node:stream';
import { Controller, Get, HttpCode, HttpException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClaimFileService } from '#libs/intake';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { StoredFileService, fileFaultOf, fileHeaders } from '#platform/files';
import { Throttled } from '#platform/throttle';

/** Evidence: photos and papers, brought one by one and looked at by whoever may see the claim. */
@Controller()
export class ClaimFileController {
  constructor(
    private readonly files: StoredFileService,
    private readonly claims: ClaimFileService,
  ) {}

  /** The body is the file itself, as application/octet-stream; its name travels beside it. Whoever applies to sell has no role yet. */
  @Post('files')
  @Allow('MERCHANT_APPLY')
  @HttpCode(201)
  @Throttled('UPLOAD')
  async upload(
    @CurrentActor() { userId }: Actor,
    @Req() request: FastifyRequest,
    @Query('name') name = '',
  ): Promise<object> {
    const stored = await this.files.keep(request.body as Readable, String(name), userId);
    if (typeof stored === 'string') throw new HttpException(fileFaultOf(stored), 422);
    const { id, sha256, sizeBytes, mediaType, name: shown } = stored;
    return { id, sha256, sizeBytes, mediaType, name: shown };
  }

  @Get('claims/:claimId/files/:fileId')
  @Allow('CLAIM')
  async download(
    @CurrentActor() actor: Actor,
    @Param('claimId') claimId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { claimantIds: merchantsOf(actor, 'CLAIM') };
    const { file, bytes } = await this.claims.open(claimId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
