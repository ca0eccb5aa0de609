import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ZoneContractService } from '#libs/channel';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Contracts with hosts, looked at by whoever may see places. */
@Controller()
export class ZoneContractFileController {
  constructor(private readonly contracts: ZoneContractService) {}

  @Get('zone-contracts/:contractId/files/:fileId')
  @Allow('PLACE_READ')
  @AuditedBelow('zone_contract.file_seen')
  async download(
    @CurrentActor() actor: Actor,
    @Param('contractId') contractId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { divisions: divisionsOf(actor, 'PLACE_READ') };
    const { file, bytes } = await this.contracts.open(contractId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
