import { Injectable } from '@nestjs/common';
import { Clock, plus } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { AlarmRepository } from './alarm.repository.js';
import { statusSignal } from './alarm-signal.rules.js';
import { AlarmWatchService } from './alarm-watch.service.js';
import { COMPARED_AFTER_MS, isToCompare } from './command.rules.js';
import { SnapshotRepository, type WaitingSnapshot } from './snapshot.repository.js';

/** Compares what cabinets say they have sold since they were installed with what we know of: what got lost shows here. */
@Injectable()
export class SnapshotService {
  constructor(
    private readonly database: Database,
    private readonly snapshots: SnapshotRepository,
    private readonly alarms: AlarmRepository,
    private readonly watch: AlarmWatchService,
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
      await this.tell(tx, snapshot);
      return true;
    });
  }

  /** The latest that was compared says whether something is wrong: one that agrees stands for everything before it. */
  private async tell(tx: Tx, { cabinetId }: WaitingSnapshot): Promise<void> {
    const cabinet = await this.alarms.watched(tx, cabinetId);
    if (!cabinet) return;
    const signal = statusSignal('SNAPSHOT_MISMATCH', await this.snapshots.differsLatest(tx, cabinetId));
    await this.watch.observe(tx, cabinet, [signal], this.clock.now());
  }
}
