import { ChannelPointReader, type ChannelPointRow } from '#libs/channel';
import type { GraphqlContext } from '#platform/graphql';

/** What the places of one answer are called, in one statement. */
export async function placeNameOf(
  channelPointId: string,
  points: ChannelPointReader,
  { loaders }: GraphqlContext,
): Promise<string> {
  const byId = loaders.byId(
    ChannelPointReader,
    (ids) => points.byIds(ids),
    ({ id }: ChannelPointRow) => id,
  );
  return (await byId.load(channelPointId))?.name ?? '';
}
