import { Injectable } from '@nestjs/common';
import { type InvalidInputError, refused } from '#libs/kernel';
import { ProcurementUnitReader } from '#libs/procurement';
import { type VolumeDimension, VolumeCubeReader } from '#libs/volume';
import type { UnitPurchase } from './share-progress.rules.js';

interface Period {
  readonly from: string;
  readonly to: string;
}

export interface CountedPurchases {
  readonly countsForId: string;
  readonly purchases: readonly UnitPurchase[];
}

/** The register takes so many members of a dimension in one question. */
const UNITS_AT_ONCE = 100;

/** What counts for reserved shares: the one calculation of the officials' report and of the progress that units see. */
@Injectable()
export class UnitPurchaseReader {
  constructor(
    private readonly units: ProcurementUnitReader,
    private readonly cube: VolumeCubeReader,
  ) {}

  /** Of all units, whole months. Who counts for whom is as of the last day. */
  async ofAll(period: Period): Promise<UnitPurchase[] | InvalidInputError> {
    return this.read(period, await this.units.countsFor(period.to), ['UNIT'], {});
  }

  /** All that counts for the unit that this one's purchases count for, by who has bought it. */
  async beside(unitId: string, period: Period): Promise<CountedPurchases | InvalidInputError> {
    const countsFor = await this.units.countsFor(period.to);
    const countsForId = countsFor.get(unitId) ?? unitId;
    const ids = [countsForId, ...[...countsFor].flatMap(([id, into]) => (into === countsForId ? [id] : []))];
    const purchases: UnitPurchase[] = [];
    for (let at = 0; at < ids.length; at += UNITS_AT_ONCE) {
      const some = { UNIT: ids.slice(at, at + UNITS_AT_ONCE) };
      const bought = await this.read(period, countsFor, ['UNIT', 'BUYER_KIND'], some);
      if (refused(bought)) return bought;
      purchases.push(...bought);
    }
    return { countsForId, purchases };
  }

  private async read(
    period: Period,
    countsFor: ReadonlyMap<string, string>,
    dimensions: readonly VolumeDimension[],
    filters: Readonly<Partial<Record<VolumeDimension, readonly string[]>>>,
  ): Promise<UnitPurchase[] | InvalidInputError> {
    // The units are the scope.
    const scope = { by: 'CONSUMPTION_COUNTY', codes: 'ALL' } as const;
    const bought = await this.cube.groups({ ...period, dimensions, filters, scope });
    if (refused(bought)) return bought;
    return bought.map(({ members: [unitId = '', buyerKind = ''], sums }) => ({
      unitId,
      countsForId: countsFor.get(unitId) ?? unitId,
      buyerKind,
      boughtFen: sums.RECOGNISED,
    }));
  }
}
