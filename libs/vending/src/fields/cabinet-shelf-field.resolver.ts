import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CabinetRow } from '#libs/counter';
import { NEVER_EXPIRES_ON } from '#libs/inventory';
import { Clock, businessDay } from '#libs/kernel';
import type { GraphqlContext } from '#platform/graphql';
import { type ShelfRow, VendingShelfReader } from '../shelf.reader.js';

@Resolver('Cabinet')
export class CabinetShelfFieldResolver {
  constructor(
    private readonly reader: VendingShelfReader,
    private readonly clock: Clock,
  ) {}

  @ResolveField()
  async planRevision(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext): Promise<number> {
    const { reader } = this;
    const byId = loaders.byId(
      `${VendingShelfReader.name}.revisions`,
      (ids) => reader.revisionsOf(ids),
      ({ cabinetId }) => cabinetId,
    );
    return (await byId.load(id))?.revision ?? 0;
  }

  @ResolveField()
  async shelf(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const slots = await loaders
      .listOf(
        VendingShelfReader.name,
        (ids) => reader.ofCabinets(ids),
        ({ cabinetId }) => cabinetId,
      )
      .load(id);
    const today = businessDay(this.clock.now());
    return slots.map((slot) => shown(slot, today));
  }
}

function shown({ slotCode, batches, ...plan }: ShelfRow, today: string) {
  const units = batches.reduce((sum, { onHand }) => sum + onHand, 0);
  return {
    ...plan,
    code: slotCode,
    units,
    reservedUnits: batches.reduce((sum, { reserved }) => sum + reserved, 0),
    missingUnits: Math.max(0, plan.parLevel - units),
    batches: batches.map(({ batchId, traceCode, bestBeforeOn, onHand }) => ({
      batchId,
      traceCode,
      bestBeforeOn: bestBeforeOn === NEVER_EXPIRES_ON ? null : bestBeforeOn,
      isExpired: bestBeforeOn < today,
      units: onHand,
    })),
  };
}
