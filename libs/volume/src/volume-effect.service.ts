import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database } from '#platform/database';
import { MonthCloseRepository } from './month-close.repository.js';
import { type CountedEffect, effectOf, monthOf } from './month-close.rules.js';
import type { VolumeFactDraft } from './volume-fact.rules.js';

/** For whoever decides: what the register would say otherwise, reckoned by the rules by which it records, and nothing is recorded. */
@Injectable()
export class VolumeEffectService {
  constructor(
    private readonly database: Database,
    private readonly closes: MonthCloseRepository,
    private readonly clock: Clock,
  ) {}

  async of(drafts: readonly VolumeFactDraft[]): Promise<CountedEffect[]> {
    if (drafts.length === 0) return [];
    const facts = drafts.map((draft) => ({ ...draft, eventDay: businessDay(draft.eventAt) }));
    const days = facts.flatMap(({ eventDay, correctsDay }) => [eventDay, correctsDay ?? eventDay]);
    const book = await this.closes.book(this.database, [...new Set(days.map(monthOf))]);
    return effectOf(facts, book, this.clock.now());
  }
}
