import { Injectable } from '@nestjs/common';
import { type IdOf, newId, present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { MerchantApplication } from './merchant-application.entity.js';
import { countingPapers, lastDayOf, licensedUntil } from './merchant-licence.rules.js';
import type { MerchantPaper } from './merchant-paper.entity.js';
import { MerchantPaperRepository } from './merchant-paper.repository.js';
import { PAPER_FORMS, requiredPapers } from './merchant-paper.rules.js';
import type { Merchant } from './merchant.entity.js';
import { MerchantRepository } from './merchant.repository.js';

/** Which of a merchant's papers count, and until when they let it sell. Every method joins. */
@Injectable()
export class MerchantLicenceService {
  constructor(
    private readonly papers: MerchantPaperRepository,
    private readonly merchants: MerchantRepository,
  ) {}

  /** What was typed in an application are papers of the merchant that came of it. */
  async keep(
    tx: Tx,
    { id, createdBy, submittedAt, content }: MerchantApplication,
    merchant: Pick<Merchant, 'id' | 'kind' | 'sellsProcessedFood'>,
    decision: { readonly by: IdOf<'usr'>; readonly at: Date },
  ): Promise<void> {
    const papers = content.papers.map((paper, index): MerchantPaper => {
      const kind = present(paper.kind, 'a kind');
      return {
        id: newId('mpp'),
        merchantId: merchant.id,
        applicationId: id,
        kind,
        number: PAPER_FORMS[kind].number === 'NONE' ? '' : (paper.number ?? ''),
        validFrom: paper.validFrom,
        validTo: paper.validTo,
        endsOn: lastDayOf(kind, paper),
        fileIds: paper.fileIds,
        state: 'ACCEPTED',
        openKind: null,
        isCounting: false,
        remindedDays: null,
        broughtBy: createdBy,
        idempotencyKey: `${id}:${index}`,
        broughtAt: present(submittedAt, 'it was handed in'),
        decidedBy: decision.by,
        decidedAt: decision.at,
        reason: '',
      };
    });
    await this.papers.insert(tx, papers);
    await this.recount(tx, merchant);
  }

  /** After a paper was accepted, under the lock of the merchant: two that are accepted at once are counted one after the other. */
  async recount(
    tx: Tx,
    { id, kind, sellsProcessedFood }: Pick<Merchant, 'id' | 'kind' | 'sellsProcessedFood'>,
  ): Promise<string | null> {
    const accepted = await this.papers.accepted(tx, id);
    const counting = countingPapers(accepted, requiredPapers(kind, sellsProcessedFood));
    await this.papers.setCounting(
      tx,
      id,
      counting.map((paper) => paper.id),
    );
    const until = licensedUntil(counting);
    await this.merchants.setLicensedUntil(tx, id, until);
    return until;
  }
}
