import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AccessService, CabinetNotAdmittedError, KioskCodeService } from '#libs/counter';
import { refused } from '#libs/kernel';
import type { MerchantOrderRow } from '#libs/ordering';
import { PickUpReader, type PickUpRow, PickUpService, ScanExpiredError } from '#libs/vending';
import { type Actor, Allow, CurrentActor, Public } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

interface ScreenArgs {
  readonly cabinetId: string;
  readonly credentialId: string;
  readonly secret: string;
  readonly code: string;
}

@Resolver('MerchantOrder')
export class PickUpResolver {
  constructor(
    private readonly codes: KioskCodeService,
    private readonly access: AccessService,
    private readonly service: PickUpService,
    private readonly reader: PickUpReader,
  ) {}

  @Query()
  @Allow('SHOP')
  async pickUpsHere(@CurrentActor() { userId }: Actor, @Args('visit') visit: string) {
    const read = this.codes.read('VISIT', visit);
    if (!read) return [];
    return (await this.service.ownIn(read.cabinetId, userId)).map((pickUp) => this.shown(pickUp));
  }

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

  /** The screen is asked for no visit, for it stands there: what it signs in with says so. */
  @Mutation()
  @Public()
  @Throttled('COSTLY')
  async kioskPickUpOpen(@Args() { cabinetId, credentialId, secret, code }: ScreenArgs) {
    const admission = await this.access.admit(cabinetId, credentialId, secret);
    if (!admission) return new CabinetNotAdmittedError();
    const opened = await this.service.openByCode(admission.cabinetId, code);
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
