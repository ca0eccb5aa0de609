import { Injectable } from '@nestjs/common';
import { InsufficientStockError, allocateWants } from '#libs/inventory';
import { Clock, refused } from '#libs/kernel';
import { DispatchTermReader } from './dispatch-term.reader.js';
import type { OfferedLine } from './order.rules.js';

/** When goods would leave if they were ordered now. It promises nothing: an order does. */
@Injectable()
export class PromiseReader {
  constructor(
    private readonly dispatch: DispatchTermReader,
    private readonly clock: Clock,
  ) {}

  /** In the order of the lines, of what is in stock counted from a moment, which is now unless said; null where no day has room for it. What is of one presale leaves together. */
  async daysOf(
    offered: readonly Pick<OfferedLine, 'variantId' | 'quantity' | 'harvest' | 'adopted' | 'variant'>[],
    dispatchDays: ReadonlyMap<string, number>,
    from: Date = this.clock.now(),
  ): Promise<readonly (string | null)[]> {
    const promises = await this.dispatch.promisedOf(dispatchDays, from);
    const harvested = this.harvestDays(offered);
    return offered.map((line, index) =>
      // Of what is adopted the first instalment.
      line.adopted
        ? (line.adopted.instalments[0]?.lastOn ?? null)
        : line.harvest
          ? (harvested.get(index) ?? null)
          : (promises.get(line.variant.merchantId) ?? null),
    );
  }

  /** Of what is presold, what no day has room for; one per presale. */
  shortOf(
    offered: readonly Pick<OfferedLine, 'variantId' | 'quantity' | 'harvest'>[],
  ): InsufficientStockError[] {
    return this.presoldTogether(offered).flatMap(({ plan }) =>
      plan instanceof InsufficientStockError ? [plan] : [],
    );
  }

  private harvestDays(
    offered: readonly Pick<OfferedLine, 'variantId' | 'quantity' | 'harvest'>[],
  ): ReadonlyMap<number, string> {
    const days = this.presoldTogether(offered).flatMap(({ indexes, plan }) =>
      refused(plan)
        ? []
        : plan.flatMap(({ want, harvest }): [number, string][] =>
            harvest ? [[indexes[want] ?? -1, harvest.promisedOn]] : [],
          ),
    );
    return new Map(days);
  }

  /** By the rule that places an order, on the days that were seen with the offer. */
  private presoldTogether(offered: readonly Pick<OfferedLine, 'variantId' | 'quantity' | 'harvest'>[]) {
    const presaleIds = new Set(offered.flatMap(({ harvest }) => harvest?.presaleId ?? []));
    return [...presaleIds].map((presaleId) => {
      const indexes = offered.flatMap((line, index) =>
        line.harvest?.presaleId === presaleId ? [index] : [],
      );
      const wants = indexes.flatMap((index) => offered[index] ?? []);
      const days = wants[0]?.harvest?.presale.days ?? [];
      const free = days.map(({ day, freeG }) => ({ id: day, presaleId, day, freeG }));
      return { indexes, plan: allocateWants(wants, { levels: [], days: free }) };
    });
  }
}
