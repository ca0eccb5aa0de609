import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { type CountedEffect, type SaleFact, SaleFactReader, VolumeEffectService } from '#libs/volume';
import { Database, type Tx } from '#platform/database';
import { correctingFacts, correctionsOf, isNumbered } from './correction.rules.js';
import type { IntegrityFlagRow } from './integrity-flag.reader.js';
import { type Correction, IntegrityFlagRepository } from './integrity-flag.repository.js';

/** What may be taken off what a flag is about, and what has been. */
@Injectable()
export class CorrectionService {
  constructor(
    private readonly database: Database,
    private readonly flags: IntegrityFlagRepository,
    private readonly sales: SaleFactReader,
    private readonly effects: VolumeEffectService,
    private readonly clock: Clock,
  ) {}

  /** Of each fact at most what it counted, of each line at most what is left of it; whoever takes it off has locked the facts. */
  async dueOf(
    on: Pick<Tx, 'query'>,
    factIds: readonly string[],
  ): Promise<{ readonly facts: readonly SaleFact[]; readonly corrections: readonly Correction[] }> {
    const concerned = await this.sales.byIds(factIds, on);
    const facts = concerned
      .filter(({ recognisedFen }) => recognisedFen > 0n)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const orders = [...new Set(facts.filter(isNumbered).map(({ sourceOrderNo }) => sourceOrderNo))];
    const unnumbered = facts.filter((fact) => !isNumbered(fact)).map(({ id }) => id);
    const corrections = correctionsOf(
      facts,
      await this.sales.netOfLines(on, orders),
      await this.flags.takenOff(on, unnumbered),
    );
    return { facts, corrections };
  }

  /** Of an open flag: what the register would say otherwise once it is confirmed. Of one that is appealed against: once that is granted. */
  async effectOf({ id, state }: Pick<IntegrityFlagRow, 'id' | 'state'>): Promise<CountedEffect[]> {
    const now = this.clock.now();
    const { database: on } = this;
    if (state === 'OPEN') {
      const { facts, corrections } = await this.dueOf(on, await this.flags.factIdsOf(on, id));
      return this.effects.of(correctingFacts(id, facts, corrections, 'corrected', now));
    }
    if (state !== 'APPEALED') return [];
    const corrections = await this.flags.correctionsOf(on, id);
    const facts = await this.sales.byIds(corrections.map(({ factId }) => factId));
    return this.effects.of(correctingFacts(id, facts, corrections, 'restored', now));
  }
}
