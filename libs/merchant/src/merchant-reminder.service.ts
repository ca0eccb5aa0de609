import { Injectable } from '@nestjs/common';
import { MembershipReader } from '#libs/identity';
import { Clock, businessDay } from '#libs/kernel';
import { Database } from '#platform/database';
import { emit } from '#platform/outbox';
import { REMINDED_DAYS, isHourToRemind, plusDays, reminderOf } from './merchant-licence.rules.js';
import { MerchantPaperRepository } from './merchant-paper.repository.js';
import { merchantPaperEnding } from './merchant.events.js';

/** Owners are told of a paper that ends: a month, a week and a day before nothing is left, each once, however many clocks run and however long none did. */
@Injectable()
export class MerchantReminderService {
  constructor(
    private readonly database: Database,
    private readonly papers: MerchantPaperRepository,
    private readonly memberships: MembershipReader,
    private readonly clock: Clock,
  ) {}

  /** One bounded round; returns of how many papers it told. What waits to be looked at is not reminded of. */
  async remindDue(limit: number): Promise<number> {
    const at = this.clock.now();
    if (!isHourToRemind(at)) return 0;
    const today = businessDay(at);
    const days = REMINDED_DAYS.map((before) => ({ before, until: plusDays(today, before) }));
    return this.database.transaction(async (tx) => {
      const due = await this.papers.lockToRemind(tx, days, limit);
      const owners = await this.memberships.ownersOf(
        [...new Set(due.map(({ merchantId }) => merchantId))],
        tx,
      );
      for (const { id, merchantId, endsOn } of due) {
        const daysBefore = reminderOf(endsOn, today);
        await this.papers.setReminded(tx, id, daysBefore);
        const told = owners.filter((owner) => owner.merchantId === merchantId);
        await emit(tx, ...told.map(({ userId }) => merchantPaperEnding({ paperId: id, userId }, at)));
      }
      return due.length;
    });
  }
}
