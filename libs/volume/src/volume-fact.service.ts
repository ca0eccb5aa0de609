import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { MonthCloseRepository } from './month-close.repository.js';
import { correctionDay, monthOf } from './month-close.rules.js';
import { VolumeFactRepository } from './volume-fact.repository.js';
import type { VolumeFactDraft } from './volume-fact.rules.js';

/** Some 600 kB of SQL, far below what a server takes in one packet. */
const FACTS_PER_INSERT_MAX = 2_000;

/** The register of what happened. Facts are only added; the same happening told again adds nothing. */
@Injectable()
export class VolumeFactService {
  constructor(
    private readonly facts: VolumeFactRepository,
    private readonly closes: MonthCloseRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Records what has just happened; rollups follow within seconds. Returns how many facts were new. What belongs to a month that takes
   * nothing more counts on the first day of the current one; a month that is being locked waits until `tx` has ended.
   */
  async record(tx: Tx, drafts: readonly VolumeFactDraft[]): Promise<number> {
    if (drafts.length === 0) return 0;
    const now = this.clock.now();
    const dated = drafts.map((draft) => ({ ...draft, eventDay: businessDay(draft.eventAt) }));
    await this.closes.passFactsGate(tx);
    const days = dated.flatMap(({ eventDay, correctsDay }) => [eventDay, correctsDay ?? eventDay]);
    const book = await this.closes.book(tx, [...new Set(days.map(monthOf))]);
    const facts = dated.map((fact) => ({
      ...fact,
      eventDay: correctionDay(fact, book, now),
    }));
    let added = 0;
    for (let start = 0; start < facts.length; start += FACTS_PER_INSERT_MAX) {
      added += await this.facts.insert(tx, facts.slice(start, start + FACTS_PER_INSERT_MAX));
    }
    return added;
  }

  /** Records history from files, thousands at a time; the same file loaded again adds nothing. */
  importFacts(tx: Tx, facts: readonly Omit<VolumeFactDraft, 'source'>[]): Promise<number> {
    return this.record(
      tx,
      facts.map((fact) => ({ ...fact, source: 'IMPORT' })),
    );
  }
}
