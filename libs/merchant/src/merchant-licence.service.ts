import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, businessDay, newId, present } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { MerchantApplication } from './merchant-application.entity.js';
import { countingPapers, lastDayOf, licensedUntil } from './merchant-licence.rules.js';
import type { MerchantPaper } from './merchant-paper.entity.js';
import { MerchantPaperRepository } from './merchant-paper.repository.js';
import { PAPER_FORMS, requiredPapers } from './merchant-paper.rules.js';
import type { Merchant } from './merchant.entity.js';
import { merchantLicenceEnded, merchantLicenceRenewed } from './merchant.events.js';
import { MerchantRepository } from './merchant.repository.js';

type Counted = Pick<Merchant, 'id' | 'kind' | 'processedFood' | 'licensedUntil'>;

/** Which of a merchant's papers count, and until when they let it sell. */
@Injectable()
export class MerchantLicenceService {
  constructor(
    private readonly database: Database,
    private readonly papers: MerchantPaperRepository,
    private readonly merchants: MerchantRepository,
    private readonly clock: Clock,
  ) {}

  /** One bounded round: what was offered by whose last day is over leaves the lists, a few merchants at a time. Returns how many they were. */
  tellEnded(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const ended = await this.merchants.takeEnded(tx, businessDay(at), limit);
      await emit(tx, ...ended.map((id) => merchantLicenceEnded(id, at)));
      return ended.length;
    });
  }

  /** Joins: what was typed in an application are papers of the merchant that came of it. */
  async keep(
    tx: Tx,
    { id, createdBy, submittedAt, content }: MerchantApplication,
    merchant: Counted,
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

  /** Joins: after a paper was accepted, under the lock of the merchant: two that are accepted at once are counted one after the other. */
  async recount(tx: Tx, { id, kind, processedFood, licensedUntil: before }: Counted): Promise<void> {
    const accepted = await this.papers.accepted(tx, id);
    const counting = countingPapers(accepted, requiredPapers(kind, processedFood));
    await this.papers.setCounting(
      tx,
      id,
      counting.map((paper) => paper.id),
    );
    const until = licensedUntil(counting);
    await this.merchants.setLicensedUntil(tx, id, until);
    const at = this.clock.now();
    const today = businessDay(at);
    // Whose goods may have left the lists; whoever hears of it looks at how the seller stands then.
    if (before !== null && before < today && (until === null || until >= today))
      await emit(tx, merchantLicenceRenewed(id, at));
  }
}
