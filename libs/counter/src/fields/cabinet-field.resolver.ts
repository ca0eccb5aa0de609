import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ChannelPointReader } from '#libs/channel';
import { Clock } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import type { GraphqlContext } from '#platform/graphql';
import { CabinetReader, type CabinetRow } from '../cabinet.reader.js';
import { isClockWrong, linkStateOf } from '../cabinet.rules.js';
import { isInForce } from '../credential.rules.js';
import { LineReader } from '../line.reader.js';
import { SlotLockReader } from '../slot-lock.reader.js';

@Resolver('Cabinet')
export class CabinetFieldResolver {
  constructor(
    private readonly reader: CabinetReader,
    private readonly lines: LineReader,
    private readonly locks: SlotLockReader,
    private readonly points: ChannelPointReader,
    private readonly merchants: MerchantReader,
    private readonly clock: Clock,
  ) {}

  @ResolveField()
  async placeName(@Parent() { channelPointId }: CabinetRow, @Context() context: GraphqlContext) {
    return (await this.pointOf(channelPointId, context))?.name ?? '';
  }

  @ResolveField()
  async address(@Parent() { channelPointId }: CabinetRow, @Context() context: GraphqlContext) {
    return (await this.pointOf(channelPointId, context))?.address ?? '';
  }

  @ResolveField()
  async operatorName(@Parent() { operatorId }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { merchants } = this;
    const byId = loaders.byId(
      MerchantReader,
      (ids) => merchants.byIds(ids),
      (merchant) => merchant.id,
    );
    return (await byId.load(operatorId))?.name ?? '';
  }

  @ResolveField()
  async slots(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { reader, locks } = this;
    const [slots, open] = await Promise.all([
      loaders
        .listOf(
          `${CabinetReader.name}.slots`,
          (ids) => reader.slotsOf(ids),
          (slot) => slot.cabinetId,
        )
        .load(id),
      loaders
        .listOf(
          SlotLockReader.name,
          (ids) => locks.openOf(ids),
          (lock) => lock.cabinetId,
        )
        .load(id),
    ]);
    return slots.map((slot) => ({ ...slot, locks: open.filter(({ slotCode }) => slotCode === slot.code) }));
  }

  @ResolveField()
  async credentials(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const credentials = await loaders
      .listOf(
        `${CabinetReader.name}.credentials`,
        (ids) => reader.credentialsOf(ids),
        (credential) => credential.cabinetId,
      )
      .load(id);
    const now = this.clock.now();
    return credentials.map((credential) => ({ ...credential, isInForce: isInForce(credential, now) }));
  }

  @ResolveField()
  link(@Parent() cabinet: CabinetRow) {
    return {
      ...cabinet,
      state: linkStateOf(cabinet, this.clock.now()),
      isClockWrong: isClockWrong(cabinet.clockSkewMs),
    };
  }

  @ResolveField()
  reading(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { lines } = this;
    const byId = loaders.byId(
      `${LineReader.name}.readings`,
      (ids) => lines.readingsOf(ids),
      (reading) => reading.cabinetId,
    );
    return byId.load(id);
  }

  @ResolveField()
  async missingCount(@Parent() { id }: CabinetRow, @Context() context: GraphqlContext) {
    return (await this.backlogOf(id, context))?.missingCount ?? 0;
  }

  @ResolveField()
  async parkedCount(@Parent() { id }: CabinetRow, @Context() context: GraphqlContext) {
    return (await this.backlogOf(id, context))?.parkedCount ?? 0;
  }

  @ResolveField()
  async drops(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { lines } = this;
    const drops = await loaders
      .listOf(
        `${LineReader.name}.drops`,
        (ids) => lines.dropsOf(ids),
        (drop) => drop.cabinetId,
      )
      .load(id);
    return drops.map(({ droppedCount, ...drop }) => ({ ...drop, count: droppedCount }));
  }

  @ResolveField()
  snapshots(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { lines } = this;
    return loaders
      .listOf(
        `${LineReader.name}.snapshots`,
        (ids) => lines.snapshotsOf(ids),
        (snapshot) => snapshot.cabinetId,
      )
      .load(id);
  }

  private backlogOf(cabinetId: string, { loaders }: GraphqlContext) {
    const { lines } = this;
    const byId = loaders.byId(
      `${LineReader.name}.backlogs`,
      (ids) => lines.backlogsOf(ids),
      (backlog) => backlog.cabinetId,
    );
    return byId.load(cabinetId);
  }

  private pointOf(channelPointId: string, { loaders }: GraphqlContext) {
    const { points } = this;
    const byId = loaders.byId(
      ChannelPointReader,
      (ids) => points.byIds(ids),
      (point) => point.id,
    );
    return byId.load(channelPointId);
  }
}
