import { Injectable } from '@nestjs/common';
import { Clock, MINUTE_MS, plus } from '#libs/kernel';
import { LiveGateway, PUBLIC_MOVED_TOPIC } from '#platform/live';
import { LiveStockService } from './live-stock.service.js';
import { PresaleReader } from './presale.reader.js';

/** Longer than any pause of the clockwork; what nobody has told by then is told with the next change. */
const LOOK_BACK_MS = MINUTE_MS;
const TURN = '{taoyuan}:presale-turn:';

/** Presales begin and end by themselves: what a merchant does is a fact, and this is what time does. */
@Injectable()
export class PresaleTurnService {
  constructor(
    private readonly presales: PresaleReader,
    private readonly stock: LiveStockService,
    private readonly live: LiveGateway,
    private readonly clock: Clock,
  ) {}

  /**
   * Of its variants there is another number from that moment on, and no list that was made before it is true. Told once for each moment, by whichever
   * process comes first; should Redis have lost who it was, it is told again, which changes nothing. Returns how many moments were told of.
   */
  async tell(): Promise<number> {
    const now = this.clock.now();
    const turned = await this.presales.turnedBetween(plus(now, -LOOK_BACK_MS), now);
    const variantIds = new Set<string>();
    let told = 0;
    for (const { presaleId, at, variants } of turned) {
      if (!(await this.live.claim(`${TURN}${presaleId}:${at.getTime()}`, 2 * LOOK_BACK_MS))) continue;
      told += 1;
      for (const id of variants) variantIds.add(id);
    }
    if (told === 0) return 0;
    await this.live.publish(PUBLIC_MOVED_TOPIC, {});
    await this.stock.note([...variantIds]);
    return told;
  }
}
