import { present } from '#libs/kernel';
import type { ReconciliationCheckName } from './reconciliation.entity.js';
import type { Comparison } from './reconciliation.rules.js';

/** All comparisons there are, by name; the module lists them. */
export class ComparisonService {
  private readonly byName: ReadonlyMap<ReconciliationCheckName, Comparison>;

  constructor(comparisons: readonly Comparison[]) {
    this.byName = new Map(comparisons.map((each) => [each.name, each]));
  }

  of(name: ReconciliationCheckName): Comparison {
    return present(this.byName.get(name), `the comparison ${name}`);
  }
}
