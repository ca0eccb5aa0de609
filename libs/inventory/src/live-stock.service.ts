import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { PUBLIC_MOVED_TOPIC, LiveGateway } from '#platform/live';
import { type VariantStock, stockOf } from './live-stock.rules.js';
import { StockReader } from './stock.reader.js';

/** What travels: how much is left of what has moved. Whoever listens picks what they watch. */
export const STOCK_MOVED_TOPIC = 'stock-moved';

export interface StockMoved {
  readonly variants: readonly VariantStock[];
}

/** Variants of which something has moved and nobody has been told. */
const MOVED_SET = '{taoyuan}:stock-moved';
/** Longer than any pause of the clockwork; what nobody has told by then, nobody is looking at any more. */
const MOVED_KEPT_MS = 60_000;
const TURN = '{taoyuan}:stock-turn:';
const SECOND_MS = 1_000;
/** One message, and two statements, of a few dozen kilobytes; the rest is told a second later. */
const MOVED_AT_ONCE_MAX = 500;

/** Tells whoever watches how much is left, seconds after it has changed. Losing Redis loses what is being told, and no figure. */
@Injectable()
export class LiveStockService {
  constructor(
    private readonly stock: StockReader,
    private readonly live: LiveGateway,
    private readonly clock: Clock,
  ) {}

  /** Something of these was taken, given back or has come in. The same in the same second is told once. */
  async note(variantIds: readonly string[]): Promise<void> {
    if (variantIds.length > 0) await this.live.addTo(MOVED_SET, variantIds, MOVED_KEPT_MS);
  }

  /**
   * Once in each second, by whichever process comes first, so that a variant a crowd wants is told of once a second and not hundreds of times:
   * nobody reads faster, and every push goes to all who look at it. Returns how many were told of.
   */
  async announce(): Promise<number> {
    if (!(await this.live.hasAny(MOVED_SET))) return 0;
    const turn = `${TURN}${Math.floor(this.clock.now().getTime() / SECOND_MS)}`;
    if (!(await this.live.claim(turn, MOVED_KEPT_MS))) return 0;
    const ids = await this.stock.withSharers(await this.live.take(MOVED_SET, MOVED_AT_ONCE_MAX));
    if (ids.length === 0) return 0;
    const variants = stockOf(ids, await this.stock.availableOf(ids));
    // Before anybody is told and looks: what is sold out must not be answered from a second ago.
    if (variants.some(({ available }) => available === 0)) await this.live.publish(PUBLIC_MOVED_TOPIC, {});
    const moved: StockMoved = { variants };
    await this.live.publish(STOCK_MOVED_TOPIC, moved);
    return ids.length;
  }
}
