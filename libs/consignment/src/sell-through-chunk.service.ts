import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Database } from '#platform/database';
import { SellThroughRepository } from './sell-through.repository.js';

/** What the register has been told of: noted after it has answered, so that whoever dies between tells it again and is answered the same. */
@Injectable()
export class SellThroughChunkService {
  constructor(
    private readonly database: Database,
    private readonly files: SellThroughRepository,
    private readonly clock: Clock,
  ) {}

  markCounted(id: string, rejectedCount: number): Promise<void> {
    return this.database.transaction((tx) => this.files.markCounted(tx, id, rejectedCount, this.clock.now()));
  }
}
