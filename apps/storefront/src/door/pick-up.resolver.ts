import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { KioskCodeService } from '#libs/counter';
import { refused } from '#libs/kernel';
import type { MerchantOrderRow } from '#libs/ordering';
import { PickUpReader, type PickUpRow, PickUpService, ScanExpiredError } from '#libs/vending';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

@Resolver('MerchantOrder')
export class PickUpResolver {
  constructor(
    private readonly codes: KioskCodeService,
    private readonly service: PickUpService,
    private readonly reader: PickUpReader,
  ) {}

  @Mutation()
  @Allow('SHOP')
  async pickUpOpen(
    @CurrentActor() { userId }: Actor,
    @Args('visit') visit: string,
    @Args('pickUpId') pickUpId: string,
  ) {
    const read = this.codes.read('VISIT', visit);
    if (!read) return new ScanExpiredError();
    const opened = await this.service.open(userId, read.cabinetId, pickUpId);
    return refused(opened) ? opened : { pickUp: this.shown(await this.reader.byId(opened)) };
  }

  @Mutation()
  @Allow('SHOP')
  @Throttled('COSTLY')
  async pickUpOpenByCode(@Args('visit') visit: string, @Args('code') code: string) {
    const read = this.codes.read('VISIT', visit);
    if (!read) return new ScanExpiredError();
    const opened = await this.service.openByCode(read.cabinetId, code);
    return refused(opened) ? opened : this.reader.byId(opened);
  }

  @ResolveField()
  async pickUp(@Parent() { id }: MerchantOrderRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const last = loaders.byId(
      PickUpReader.name,
      (ids) => reader.lastOf(ids),
      ({ merchantOrderId }) => merchantOrderId,
    );
    return this.shown(await last.load(id));
  }

  private shown(pickUp: PickUpRow | null | undefined) {
    return pickUp ? { ...pickUp, code: this.service.codeOf(pickUp) } : null;
  }
}
