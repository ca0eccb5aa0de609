import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { TwinRepository } from './twin.repository.js';
import {
  TWIN_DAYS,
  type TwinFact,
  type TwinProbe,
  dayPlus,
  fingerprintOf,
  isProbed,
  twinsOf,
} from './twin.rules.js';

/** Probes of one statement. */
const PROBES_MAX = 500;

/** Finds sales that another source has told of already. What is not found is the caller's to count, in the same transaction. */
@Injectable()
export class TwinService {
  constructor(private readonly twins: TwinRepository) {}

  /** The twins of each probe, in their order. Two who ask for the same sale at once ask one after the other. */
  async find(tx: Tx, probes: readonly TwinProbe[]): Promise<TwinFact[][]> {
    const asked = probes.filter(isProbed);
    const fingerprints = [...new Set(asked.map(fingerprintOf))].toSorted();
    const facts: TwinFact[] = [];
    for (let start = 0; start < fingerprints.length; start += PROBES_MAX) {
      await this.twins.lock(tx, fingerprints.slice(start, start + PROBES_MAX));
    }
    for (let start = 0; start < asked.length; start += PROBES_MAX) {
      facts.push(...(await this.factsAround(tx, asked.slice(start, start + PROBES_MAX))));
    }
    const ofBuyer = new Map<string, TwinFact[]>();
    for (const fact of facts) ofBuyer.set(fact.buyerKey, [...(ofBuyer.get(fact.buyerKey) ?? []), fact]);
    return probes.map((probe) => twinsOf(probe, ofBuyer.get(probe.buyerKey) ?? []));
  }

  private factsAround(tx: Tx, probes: readonly TwinProbe[]): Promise<TwinFact[]> {
    const days = probes.map(({ day }) => day).toSorted();
    const [first = '', last = ''] = [days[0], days.at(-1)];
    return this.twins.facts(
      tx,
      [...new Set(probes.map(({ buyerKey }) => buyerKey))],
      [...new Set(probes.map(({ productId }) => productId))],
      dayPlus(first, -TWIN_DAYS),
      dayPlus(last, TWIN_DAYS),
    );
  }
}
