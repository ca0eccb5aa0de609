import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ChannelPointReader } from '#libs/channel';
import type { GraphqlContext } from '#platform/graphql';
import type { AlarmRow } from '../alarm.reader.js';

@Resolver('CabinetAlarm')
export class AlarmFieldResolver {
  constructor(private readonly points: ChannelPointReader) {}

  @ResolveField()
  async placeName(@Parent() { channelPointId }: AlarmRow, @Context() { loaders }: GraphqlContext) {
    const { points } = this;
    const byId = loaders.byId(
      ChannelPointReader,
      (ids) => points.byIds(ids),
      (point) => point.id,
    );
    return (await byId.load(channelPointId))?.name ?? '';
  }

  @ResolveField()
  slotCode(@Parent() { slotCode }: AlarmRow) {
    return slotCode === '' ? null : slotCode;
  }

  @ResolveField()
  isResolvedByItself(@Parent() { state, resolvedBy }: AlarmRow) {
    return state === 'RESOLVED' ? resolvedBy === null : null;
  }

  @ResolveField()
  note(@Parent() { note }: AlarmRow) {
    return note === '' ? null : note;
  }
}
