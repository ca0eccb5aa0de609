import { Injectable } from '@nestjs/common';
import { HOUSEHOLDS_TOLD_MIN } from '#libs/household';
import type { Fen, InvalidInputError } from '#libs/kernel';
import { type BoughtBy, BoughtLineReader } from '#libs/ordering';
import { RefundReader } from '#libs/payment';
import { HouseholdReachReader } from '#libs/settlement';
import { type YearSpent, refuseYear, spanOf, yearOf } from './impact-year.rules.js';

export interface ImpactYear extends YearSpent {
  readonly year: number;
  /** '' for a person. */
  readonly unitId: string;
  /** Each household once; null where nothing is told of any, like the next. */
  readonly householdCount: number | null;
  readonly householdFen: Fen | null;
  /** False where more was bought than is looked at. */
  readonly isWhole: boolean;
}

/** Eight on every working day of a canteen, or five a day at home. */
const YEAR_ORDERS_MAX = 2_000;

/** What somebody's year, or a unit's, has done. */
@Injectable()
export class ImpactYearReader {
  constructor(
    private readonly bought: BoughtLineReader,
    private readonly refunds: RefundReader,
    private readonly reaches: HouseholdReachReader,
  ) {}

  /** Whoever asks for a unit's has checked that it may be shown. Four statements, however much was bought. */
  async of(by: BoughtBy, year: number): Promise<ImpactYear | InvalidInputError> {
    const refusal = refuseYear(year);
    if (refusal) return refusal;
    const { from, before } = spanOf(year);
    const found = await this.bought.ordersOf(by, from, before, YEAR_ORDERS_MAX + 1);
    const orders = found.slice(0, YEAR_ORDERS_MAX);
    const ids = orders.map(({ id }) => id);
    const [lines, returned, reach] = await Promise.all([
      this.bought.linesOf(ids),
      this.refunds.returnedOfOrders(ids),
      this.reaches.ofOrders(ids, HOUSEHOLDS_TOLD_MIN),
    ]);
    const isTold = reach.householdCount > 0;
    return {
      year,
      unitId: 'unitId' in by ? by.unitId : '',
      ...yearOf(orders, lines, returned),
      householdCount: isTold ? reach.householdCount : null,
      householdFen: isTold ? reach.householdFen : null,
      isWhole: found.length <= YEAR_ORDERS_MAX,
    };
  }
}
