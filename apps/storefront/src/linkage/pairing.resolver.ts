import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { ImpactLine } from '#libs/impact';
import { type PairedGrower, PairingReader } from '#libs/pairing';
import type { Kiosk } from '#libs/vending';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Kiosk')
export class KioskGrowerResolver {
  constructor(private readonly reader: PairingReader) {}

  @ResolveField()
  growers(@Parent() { cabinetId }: Kiosk): Promise<PairedGrower[]> {
    return this.reader.growersOf(cabinetId);
  }
}

@Resolver('ImpactLine')
export class ImpactGrowerResolver {
  constructor(private readonly reader: PairingReader) {}

  @ResolveField()
  async grower(
    @Parent() { orderLineId }: ImpactLine,
    @Context() { loaders }: GraphqlContext,
  ): Promise<PairedGrower | null> {
    const { reader } = this;
    const found = await loaders
      .byId(
        `${PairingReader.name}.growersOfLines`,
        (ids) => reader.growersOfLines(ids),
        (each) => each.orderLineId,
      )
      .load(orderLineId);
    return found?.grower ?? null;
  }
}
