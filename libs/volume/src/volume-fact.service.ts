import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { VolumeFactRepository } from './volume-fact.repository.js';
import type { VolumeFactDraft } from './volume-fact.rules.js';

/** Some 600 kB of SQL, far below what a server takes in one packet. */
const FACTS_PER_INSERT_MAX = 2_000;

/** The register of what happened. Facts are only added; the same happening told again adds nothing. */
@Injectable()
export class VolumeFactService {
  constructor(private readonly facts: VolumeFactRepository) {}

  /** Records what has just happened; rollups follow within seconds. Returns how many facts were new. */
  async record(tx: Tx, facts: readonly VolumeFactDraft[]): Promise<number> {
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
