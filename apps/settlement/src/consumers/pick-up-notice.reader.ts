import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import type { PickUpMessage } from '#libs/identity';
import { PickUpReader, PickUpService } from '#libs/vending';

/** What is to be told of a parcel in a cell. */
@Injectable()
export class PickUpNoticeReader {
  constructor(
    private readonly pickUps: PickUpReader,
    private readonly service: PickUpService,
    private readonly points: ChannelPointReader,
  ) {}

  /** Null where it is no news any more: it was taken, or taken out, meanwhile. */
  async of(pickUpId: string, news: PickUpMessage['news']): Promise<PickUpMessage | null> {
    const pickUp = await this.pickUps.byId(pickUpId);
    if (!pickUp) return null;
    const code = this.service.codeOf(pickUp);
    if (news === 'PLACED' ? code === null : pickUp.state !== 'OVERDUE') return null;
    const { orderId, cellCode, keptUntil, channelPointId } = pickUp;
    const point = await this.points.byId(channelPointId);
    return { news, orderId, placeName: point?.name ?? '', cellCode, pickUpCode: code ?? '', keptUntil };
  }
}
