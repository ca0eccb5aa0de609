import {
  Controller,
  Get,
  Headers,
  HttpCode,
  HttpException,
  Param,
  Post,
  type RawBodyRequest,
  Req,
  UnauthorizedException,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type BatchAnswer, IntakeBatchService, PartnerService, type Signer } from '#libs/intake';
import { InvalidInputError, NotFound, refused } from '#libs/kernel';
import { Public } from '#platform/auth';

const UNSIGNED = {
  code: 'UNAUTHENTICATED',
  message: {
    zh: '签名不符：密钥未知或已吊销、内容被改动，或签名已超过五分钟',
    en: 'The signature does not fit: unknown or revoked key, other bytes, or signed more than five minutes ago.',
  },
};

function answerOf({ batch, rows }: BatchAnswer) {
  const { batchNo, kind, completeThrough, receivedAt, rowCount, lateCount } = batch;
  const { acceptedCount, heldCount, rejectedCount, repeatedCount } = batch;
  return {
    batchNo,
    kind,
    completeThrough,
    receivedAt,
    rowCount,
    acceptedCount,
    heldCount,
    rejectedCount,
    repeatedCount,
    lateCount,
    // Rows are counted from 0, as in the list that was sent; what is not named here was accepted.
    rows: rows.map(({ rowNo, state, faults }) => ({ row: rowNo, outcome: state, reasons: faults })),
  };
}

/** Where partner platforms hand in what they sold. Whoever signs is known by it; the guard has nothing to add. */
@Controller('intake/batches')
export class IntakeController {
  constructor(
    private readonly partners: PartnerService,
    private readonly batches: IntakeBatchService,
  ) {}

  @Post()
  @Public()
  @HttpCode(200)
  async receive(
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Headers('taoyuan-signature') signature = '',
  ): Promise<object> {
    // Signed is what was sent, byte for byte; the parsed body is not looked at.
    const body = request.rawBody ?? Buffer.alloc(0);
    const signer = await this.signerOf(request, signature, body);
    const result = await this.batches.receive(signer, body);
    if (!refused(result)) return answerOf(result);
    const { code, message } = result;
    const fields = result instanceof InvalidInputError ? result.fields : [];
    throw new HttpException(
      {
        code,
        message: `${message.en} ${message.zh}`,
        fields: fields.map(({ path, message: { en, zh } }) => ({ path, message: `${en} ${zh}` })),
      },
      result instanceof InvalidInputError ? 422 : 409,
    );
  }

  @Get(':batchNo')
  @Public()
  async status(
    @Req() request: FastifyRequest,
    @Param('batchNo') batchNo: string,
    @Headers('taoyuan-signature') signature = '',
  ): Promise<object> {
    const signer = await this.signerOf(request, signature, Buffer.alloc(0));
    const answer = await this.batches.status(signer.partnerId, batchNo);
    if (!answer) throw new NotFound('IntakeBatch', batchNo);
    return answerOf(answer);
  }

  private async signerOf(
    { method, url }: Pick<FastifyRequest, 'method' | 'url'>,
    header: string,
    body: Buffer,
  ): Promise<Signer> {
    const signer = await this.partners.signerOf({ header, method, path: url, body });
    if (!signer) throw new UnauthorizedException(UNSIGNED);
    return signer;
  }
}
