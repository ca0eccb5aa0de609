import { Injectable } from '@nestjs/common';
import type { AccountDeleted } from '#libs/privacy';
import { ReviewService } from '#libs/review';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** Reviews of a forgotten buyer are shown without any name. */
@Injectable()
export class ForgetWriterOnAccountDeleted implements Consumer<AccountDeleted> {
  readonly queue = 'volume';

  constructor(private readonly reviews: ReviewService) {}

  async apply(tx: Tx, { payload }: AccountDeleted): Promise<void> {
    await this.reviews.forgetWriter(tx, payload.userId);
  }
}
