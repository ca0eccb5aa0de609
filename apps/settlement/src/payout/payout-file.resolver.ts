import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { InvalidInputError, present, refused } from '#libs/kernel';
import { PayoutBatchReader, PayoutBatchService, PayoutResultService } from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide, AuditedBelow } from '#platform/auth';

/** A request has 200,000 bytes; an answer for 500 lines has some 60,000. */
const BASE64_LENGTH_MAX = 140_000;

/** Files travel as text: small ones, and only between finance and us. */
@Resolver('PayoutFile')
export class PayoutFileResolver {
  constructor(
    private readonly batches: PayoutBatchReader,
    private readonly service: PayoutBatchService,
    private readonly results: PayoutResultService,
  ) {}

  @Mutation()
  @Allow('PAYOUT_PREPARE')
  @AuditedBelow('payout_batch.exported')
  async payoutBatchExport(@CurrentActor() actor: Actor, @Args('batchId') batchId: string) {
    assertPlatformWide(actor, 'PAYOUT_PREPARE');
    const file = await this.service.export(actor.userId, batchId);
    if (refused(file)) return file;
    const { name, hash, bytes } = file;
    return {
      batch: await this.batch(batchId),
      file: { name, hash, contentBase64: bytes.toString('base64') },
    };
  }

  @Mutation()
  @Allow('PAYOUT_PREPARE')
  async payoutResultImport(
    @CurrentActor() actor: Actor,
    @Args('batchId') batchId: string,
    @Args('contentBase64') contentBase64: string,
  ) {
    assertPlatformWide(actor, 'PAYOUT_PREPARE');
    const bytes = bytesOf(contentBase64);
    if (refused(bytes)) return bytes;
    const done = await this.results.import(actor.userId, batchId, bytes);
    return refused(done) ? done : { import: done, batch: await this.batch(batchId) };
  }

  private async batch(batchId: string) {
    return present(await this.batches.byId(batchId), 'the batch');
  }
}

function bytesOf(base64: string): Buffer | InvalidInputError {
  if (base64.length > 0 && base64.length <= BASE64_LENGTH_MAX && /^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    return Buffer.from(base64, 'base64');
  const message = {
    zh: `文件内容须为 base64，且不超过 ${BASE64_LENGTH_MAX} 个字符`,
    en: `The file comes in base64, in at most ${BASE64_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'contentBase64', message }]);
}
