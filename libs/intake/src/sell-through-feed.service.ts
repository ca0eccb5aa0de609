import { Injectable } from '@nestjs/common';
import { SellThroughChunkService, SellThroughReader } from '#libs/consignment';
import { refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { IntakeBatchService } from './batch.service.js';
import { PartnerService } from './partner.service.js';

/** What operators of pavilions and zones tell of their tills comes in by the road of every partner; nobody signs for it, because it was confirmed by somebody who had signed in. */
@Injectable()
export class SellThroughFeedService {
  constructor(
    private readonly chunks: SellThroughReader,
    private readonly told: SellThroughChunkService,
    private readonly partners: PartnerService,
    private readonly batches: IntakeBatchService,
    private readonly merchants: MerchantReader,
  ) {}

  /**
   * The next chunk, in the order in which they were made: what goes back comes after what it goes back of. The same chunk told twice, by two at once or
   * after a death, is the same batch. 0 when there is none.
   */
  async work(): Promise<number> {
    const chunk = await this.chunks.nextChunk();
    if (!chunk) return 0;
    const operator = await this.merchants.byId(chunk.operatorId);
    const signer = await this.partners.ofOperator(chunk.operatorId, operator?.name ?? '', chunk.confirmedBy);
    const answer = await this.batches.receive(signer, Buffer.from(chunk.content));
    if (refused(answer)) throw new Error(`The register refused ${chunk.id}: ${answer.message.en}`);
    await this.told.markCounted(chunk.id, answer.batch.rejectedCount);
    return 1;
  }
}
