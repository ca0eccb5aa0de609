import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Database } from '#platform/database';
import { Log } from '#platform/log';
import { WireReader } from './wire.reader.js';
import { WireRepository } from './wire.repository.js';
import { beaten } from './wire.rules.js';

/** Says that the lines are held. What is our own fault is not said of three hundred cabinets. */
@Injectable()
export class WireService {
  constructor(
    private readonly database: Database,
    private readonly wires: WireRepository,
    private readonly reader: WireReader,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** By whoever holds the lines, as long as cabinets can come to it. That it can be written says that what they say can be. */
  async beat(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { wire, ended } = beaten(await this.wires.lock(tx), this.clock.now());
      if (ended) await this.wires.insertOutage(tx, ended);
      await this.wires.put(tx, wire);
    });
  }

  /** One word in the log of whoever runs this, again with each round while it lasts; never one per cabinet. */
  async watch(): Promise<number> {
    const downSeconds = await this.reader.downSeconds();
    if (downSeconds > 0)
      this.log.error(
        { downSeconds },
        'nobody holds the lines to the cabinets: no cabinet can be heard or told anything',
      );
    return 0;
  }
}
