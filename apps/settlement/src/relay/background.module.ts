import { type BeforeApplicationShutdown, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '#platform/config';
import { Log } from '#platform/log';
import { Dispatcher, Relay } from '#platform/outbox';
import { QueueGateway } from '#platform/queue';
import { RelayModule } from './relay.module.js';
import { Ticker } from './ticker.js';

/** Short enough that nobody notices, long enough to cost nothing: one indexed read of no rows. */
const RELAY_EVERY_MS = 50;

/** What only a real process runs: the relay, the sweeper and the workers. */
@Module({ imports: [RelayModule] })
export class BackgroundModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly tickers: readonly Ticker[];

  constructor(
    relay: Relay,
    private readonly dispatcher: Dispatcher,
    private readonly queue: QueueGateway,
    config: Config,
    log: Log,
  ) {
    this.tickers = [
      new Ticker('relay', RELAY_EVERY_MS, () => relay.publish(), log),
      new Ticker('sweep', config.sweepAfterMs / 2, () => relay.sweep(config.sweepAfterMs), log),
    ];
  }

  onApplicationBootstrap(): void {
    this.queue.work(this.dispatcher);
    for (const ticker of this.tickers) ticker.start();
  }

  /** Before the pool closes: first nothing new, then what is under way. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.tickers.map((ticker) => ticker.stop()));
    await this.queue.close();
  }
}
