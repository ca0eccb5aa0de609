import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ZoneContractService } from '#libs/channel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** One's own contracts; they were brought by POST /files. */
@Controller()
export class ZoneContractFileController {
  constructor(private readonly contracts: ZoneContractService) {}

  @Get('zone-contracts/:contractId/files/:fileId')
  @Allow('PLACE')
  async download(
    @CurrentActor() actor: Actor,
    @Param('contractId') contractId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { merchantIds: merchantsOf(actor, 'PLACE') };
    const { file, bytes } = await this.contracts.open(contractId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
