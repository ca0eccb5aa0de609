import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { KioskCodeService } from '#libs/counter';
import { type Page, pageRequest, refused } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';
import { PaymentHoldReader } from '#libs/payment';
import {
  DOOR_OPENING_KEY_PARTS,
  DoorDisputeService,
  DoorOpeningReader,
  type DoorOpeningRow,
  DoorOpeningService,
  ScanExpiredError,
} from '#libs/vending';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

@Resolver('DoorOpening')
export class DoorOpeningResolver {
  constructor(
    private readonly codes: KioskCodeService,
    private readonly service: DoorOpeningService,
    private readonly disputes: DoorDisputeService,
    private readonly reader: DoorOpeningReader,
    private readonly holds: PaymentHoldReader,
    private readonly orders: OrderReader,
  ) {}

  @Query()
  @Allow('BUY')
  doorOpening(@CurrentActor() { userId }: Actor, @Args('id') id: string): Promise<DoorOpeningRow | null> {
    return this.reader.byIdForBuyer(id, userId);
  }

  @Query()
  @Allow('BUY')
  doorOpenings(
    @CurrentActor() { userId }: Actor,
    @Args() { first, after }: { readonly first?: number | null; readonly after?: string | null },
  ): Promise<Page<DoorOpeningRow>> {
    return this.reader.pageForBuyer(userId, orThrow(pageRequest(first, after, DOOR_OPENING_KEY_PARTS)));
  }

  @Mutation()
  @Allow('BUY')
  @Throttled('COSTLY')
  async doorOpeningStart(
    @CurrentActor() { userId }: Actor,
    @Args('visit') visit: string,
    @Args('idempotencyKey') idempotencyKey: string,
  ) {
    const cabinetId = this.codes.visited(visit);
    if (!cabinetId) return new ScanExpiredError();
    // Before anything else is looked at: whoever has heard nothing asks again, if need be after the visit, or once the cabinet is shut.
    const before = await this.service.startedBefore(userId, cabinetId, idempotencyKey);
    const isOver = !this.codes.read('VISIT', visit);
    const started =
      before ??
      (isOver ? new ScanExpiredError() : await this.service.start(userId, cabinetId, idempotencyKey));
    return refused(started) ? started : this.own(started, userId);
  }

  @Mutation()
  @Allow('BUY')
  async doorOpen(
    @CurrentActor() { userId }: Actor,
    @Args('visit') visit: string,
    @Args('openingId') openingId: string,
  ) {
    const read = this.codes.read('VISIT', visit);
    if (!read) return new ScanExpiredError();
    const opened = await this.service.open(userId, read.cabinetId, openingId);
    return refused(opened) ? opened : this.own(opened, userId);
  }

  @Mutation()
  @Allow('BUY')
  async doorOpeningCancel(@CurrentActor() { userId }: Actor, @Args('openingId') openingId: string) {
    return this.own(await this.service.cancel(userId, openingId), userId);
  }

  @Mutation()
  @Allow('BUY')
  async doorDebtDispute(
    @CurrentActor() { userId }: Actor,
    @Args('openingId') openingId: string,
    @Args('text') text: string,
  ) {
    const disputed = await this.disputes.open(userId, openingId, text);
    return refused(disputed) ? disputed : this.own(disputed, userId);
  }

  @ResolveField()
  async action(@Parent() { holdId }: DoorOpeningRow, @Context() { loaders }: GraphqlContext) {
    const { holds } = this;
    const hold = await loaders
      .byId(
        PaymentHoldReader.name,
        (ids) => holds.byIds(ids),
        ({ id }) => id,
      )
      .load(holdId);
    return hold?.actionUrl ? { kind: 'REDIRECT', url: hold.actionUrl } : null;
  }

  @ResolveField()
  async order(@Parent() { orderId }: DoorOpeningRow, @Context() { loaders }: GraphqlContext) {
    const { orders } = this;
    if (orderId === null) return null;
    return loaders
      .byId(
        `${OrderReader.name}.ofOpenings`,
        (ids) => orders.byIds(ids),
        ({ id }) => id,
      )
      .load(orderId);
  }

  private async own(id: string, userId: string) {
    return { doorOpening: await this.reader.byIdForBuyer(id, userId) };
  }
}
