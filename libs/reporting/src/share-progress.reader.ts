import { Injectable } from '@nestjs/common';
import { Clock, type Fen, type InvalidInputError, businessDay, refused, sumFen } from '#libs/kernel';
import { ProcurementUnitReader, ReservedShareReader } from '#libs/procurement';
import {
  type ShareKind,
  type UnitPurchase,
  completionBps,
  daysLeftIn,
  refuseShareYear,
  sumByKind,
} from './share-progress.rules.js';
import { UnitPurchaseReader } from './unit-purchase.reader.js';

/** How far a unit has come with what it has reserved for a year. */
export interface ShareProgress {
  readonly unitId: string;
  /** The unit that files for it and that its purchases count for: itself, unless it is a union, eats elsewhere or has merged. */
  readonly countsForId: string;
  readonly year: number;
  /** Null where nothing has been filed. */
  readonly canteenTotalFen: Fen | null;
  readonly reservedFen: Fen | null;
  readonly boughtFen: Fen;
  readonly byKind: readonly { readonly kind: ShareKind; readonly boughtFen: Fen }[];
  /** Each unit whose purchases count, by id. */
  readonly byUnit: readonly { readonly unitId: string; readonly name: string; readonly boughtFen: Fen }[];
  readonly completionBps: number | null;
  /** What is missing until all that is reserved has been bought; null where nothing is. */
  readonly missingFen: Fen | null;
  readonly daysLeft: number;
}

@Injectable()
export class ShareProgressReader {
  constructor(
    private readonly purchases: UnitPurchaseReader,
    private readonly units: ProcurementUnitReader,
    private readonly shares: ReservedShareReader,
    private readonly clock: Clock,
  ) {}

  /** The caller checks who asks. The same figures as report R9 of the whole year. */
  async of(unitId: string, year: number): Promise<ShareProgress | InvalidInputError> {
    const today = businessDay(this.clock.now());
    const refusal = refuseShareYear(year, today);
    if (refusal) return refusal;
    const period = { from: `${year}-01-01`, to: `${year}-12-31` };
    const counted = await this.purchases.beside(unitId, period);
    if (refused(counted)) return counted;
    const { countsForId, purchases: bought } = counted;
    const share = await this.shares.ofUnit(countsForId, year);
    const boughtFen = sumFen(bought.map((purchase) => purchase.boughtFen));
    const reservedFen = share?.reservedFen ?? null;
    return {
      unitId,
      countsForId,
      year,
      canteenTotalFen: share?.canteenTotalFen ?? null,
      reservedFen,
      boughtFen,
      byKind: sumByKind(bought),
      byUnit: await this.byUnit(bought),
      completionBps: completionBps(boughtFen, reservedFen),
      missingFen: reservedFen === null ? null : reservedFen > boughtFen ? reservedFen - boughtFen : 0n,
      daysLeft: daysLeftIn(year, today),
    };
  }

  private async byUnit(bought: readonly UnitPurchase[]): Promise<ShareProgress['byUnit']> {
    const ids = [...new Set(bought.map(({ unitId }) => unitId))].toSorted();
    const names = new Map<string, string>((await this.units.byIds(ids)).map(({ id, name }) => [id, name]));
    return ids.map((unitId) => ({
      unitId,
      name: names.get(unitId) ?? unitId,
      boughtFen: sumFen(
        bought.filter((purchase) => purchase.unitId === unitId).map((purchase) => purchase.boughtFen),
      ),
    }));
  }
}
