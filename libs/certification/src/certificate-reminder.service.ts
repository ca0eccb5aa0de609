import { Injectable } from '@nestjs/common';
import { CertificationRepository } from '#libs/catalog';
import { Clock } from '#libs/kernel';
import { MerchantReader, isHourToRemind } from '#libs/merchant';
import { Database } from '#platform/database';
import { lastDayOf, remindersAt } from './certificate.rules.js';
import { CertificationNewsService } from './certification-news.service.js';

/** Owners are told that a certificate ends: when it may be re-checked, a month and a week before, each once, however many clocks run and however long none did. */
@Injectable()
export class CertificateReminderService {
  constructor(
    private readonly database: Database,
    private readonly entries: CertificationRepository,
    private readonly merchants: MerchantReader,
    private readonly news: CertificationNewsService,
    private readonly clock: Clock,
  ) {}

  /** One bounded round; returns of how many entries it told. A merchant that is closed is told nothing. */
  async remindDue(limit: number): Promise<number> {
    const at = this.clock.now();
    if (!isHourToRemind(at)) return 0;
    return this.database.transaction(async (tx) => {
      const due = await this.entries.lockToRemind(tx, at, remindersAt(at), limit);
      const merchants = await this.merchants.byIds(
        due.map(({ merchantId }) => merchantId),
        tx,
      );
      const closed = new Set<string>(merchants.flatMap(({ id, state }) => (state === 'CLOSED' ? [id] : [])));
      const told = due.filter(({ merchantId }) => !closed.has(merchantId));
      // The earliest first, so that what is due for a later one ends up with that.
      for (const { before, until } of remindersAt(at)) {
        const ids = due.flatMap(({ id, validTo }) => (validTo <= until ? [id] : []));
        await this.entries.setReminded(tx, ids, before);
      }
      const of = told.map(({ id: certificationId, validTo, ...rest }) => ({
        ...rest,
        certificationId,
        endsOn: lastDayOf(validTo),
      }));
      await this.news.tell(tx, 'ENDING', of, at);
      return due.length;
    });
  }
}
