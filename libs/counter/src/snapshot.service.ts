import { Injectable } from '@nestjs/common';
import { Clock, plus } from '#libs/kernel';
import { Database } from '#platform/database';
import { COMPARED_AFTER_MS, isToCompare } from './command.rules.js';
import { SnapshotRepository, type WaitingSnapshot } from './snapshot.repository.js';

/** Compares what cabinets say they have sold since they were installed with what we know of: what got lost shows here. */
@Injectable()
export class SnapshotService {
  constructor(
    private readonly database: Database,
    private readonly snapshots: SnapshotRepository,
    private readonly clock: Clock,
  ) {}

  async compareWaiting(limit: number): Promise<number> {
    const waiting = await this.database.transaction((tx) =>
      this.snapshots.waiting(tx, plus(this.clock.now(), -COMPARED_AFTER_MS), limit),
    );
    let compared = 0;
    for (const snapshot of waiting) compared += Number(await this.compare(snapshot));
    return compared;
  }

  private compare(snapshot: WaitingSnapshot): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (!(await this.snapshots.lockWaiting(tx, snapshot))) return false;
      const isComplete = await this.snapshots.isComplete(tx, snapshot);
      if (!isToCompare(snapshot.receivedAt, isComplete, this.clock.now())) return false;
      const known = await this.snapshots.known(tx, snapshot);
      const agrees = known.units === BigInt(snapshot.toldUnits) && known.fen === BigInt(snapshot.toldFen);
      await this.snapshots.judge(tx, snapshot.messageId, known, agrees);
      return true;
    });
  }
}
