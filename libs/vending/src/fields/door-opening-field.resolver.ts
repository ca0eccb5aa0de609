import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphqlContext } from '#platform/graphql';
import { DoorDisputeReader } from '../door-dispute.reader.js';
import { DoorOpeningReader, type DoorOpeningRow } from '../door-opening.reader.js';

@Resolver('DoorOpening')
export class DoorOpeningFieldResolver {
  constructor(
    private readonly reader: DoorOpeningReader,
    private readonly disputes: DoorDisputeReader,
  ) {}

  @ResolveField()
  dispute(@Parent() { id }: DoorOpeningRow, @Context() { loaders }: GraphqlContext) {
    const { disputes } = this;
    return loaders
      .byId(
        DoorDisputeReader.name,
        (ids) => disputes.ofOpenings(ids),
        ({ openingId }) => openingId,
      )
      .load(id);
  }

  @ResolveField()
  items(@Parent() { id }: DoorOpeningRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        `${DoorOpeningReader.name}.items`,
        (ids) => reader.itemsOf(ids),
        ({ openingId }) => openingId,
      )
      .load(id);
  }

  @ResolveField()
  trays(@Parent() { id }: DoorOpeningRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        `${DoorOpeningReader.name}.trays`,
        (ids) => reader.traysOf(ids),
        ({ openingId }) => openingId,
      )
      .load(id);
  }
}
