import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, eachInTurn, newId, plus, present } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { SILENT_AFTER_MS } from './cabinet.rules.js';
import { lifeOf } from './remote-command.rules.js';
import type { CabinetRolloutId } from './rollout.entity.js';
import { type OpenRollout, RolloutRepository, type ToTell } from './rollout.repository.js';
import { REPORTED_WITHIN_MS, faultyOf, isToGoOn, isTooMany, updateOf } from './rollout.rules.js';

/** Told in one transaction; a broker says no more at once either. */
const TOLD_MAX = 200;

/** How versions go out while nobody looks: who has it, who is told next, and when it is to stop. */
@Injectable()
export class RolloutWatchService {
  constructor(
    private readonly database: Database,
    private readonly rollouts: RolloutRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** A step of each that is on its way. */
  async follow(limit: number): Promise<number> {
    const ids = await this.database.transaction((tx) => this.rollouts.running(tx, limit));
    await eachInTurn(ids, (id) => this.step(id));
    return ids.length;
  }

  private step(id: CabinetRolloutId): Promise<void> {
    return this.database.transaction(async (tx) => {
      const rollout = await this.rollouts.lock(tx, id, 'ALL');
      if (rollout?.state !== 'RUNNING' && rollout?.state !== 'ROLLING_BACK') return;
      const now = this.clock.now();
      await this.rollouts.follow(tx, rollout, now, plus(now, -REPORTED_WITHIN_MS));
      const isRunning = rollout.state === 'RUNNING';
      const faultyCount = isRunning ? await this.countFaulty(tx, id, now) : rollout.faultyCount;
      if (isRunning && isTooMany(faultyCount, rollout)) return this.halt(tx, { ...rollout, faultyCount });
      const gone = isRunning ? await this.goOn(tx, { ...rollout, faultyCount }, now) : rollout;
      await this.tell(tx, gone, now);
      if ((await this.rollouts.countWaiting(tx, id)) > 0) return this.rollouts.save(tx, gone);
      const state = isRunning ? 'DONE' : 'ROLLED_BACK';
      return this.rollouts.save(tx, { ...gone, state, openOperatorId: null, endedAt: now });
    });
  }

  private async countFaulty(tx: Tx, id: CabinetRolloutId, now: Date): Promise<number> {
    const failed = await this.rollouts.countFailed(tx, id);
    return faultyOf({ failed, ...(await this.rollouts.countAlarmed(tx, id, now)) });
  }

  /** Nobody further is told until a person has decided. */
  private async halt(tx: Tx, rollout: OpenRollout): Promise<void> {
    const { id, stage, faultyCount } = rollout;
    await this.rollouts.endCommands(tx, id);
    await this.rollouts.save(tx, { ...rollout, state: 'HALTED', reason: '' });
    await this.audit.record(tx, {
      actorId: null,
      act: 'cabinet_rollout.halted',
      subject: id,
      divisionCode: null,
      detail: { reason: 'FAULTY', stage, faultyCount },
    });
  }

  private async goOn(tx: Tx, rollout: OpenRollout, now: Date): Promise<OpenRollout> {
    const progress = await this.rollouts.progress(tx, rollout.id, rollout.stage);
    if (!isToGoOn(rollout, progress, now)) return rollout;
    const stage = rollout.stage + 1;
    await this.audit.record(tx, {
      actorId: null,
      act: 'cabinet_rollout.advanced',
      subject: rollout.id,
      divisionCode: null,
      detail: { stage, faultyCount: rollout.faultyCount },
    });
    return { ...rollout, stage, stageBeganAt: now };
  }

  /** Each with a key of its own: a step that is taken again tells nobody twice. */
  private async tell(tx: Tx, rollout: OpenRollout, now: Date): Promise<void> {
    const { id, kind, operatorId } = rollout;
    const whom = await this.rollouts.toTell(tx, rollout, {
      seenAfter: plus(now, -SILENT_AFTER_MS),
      limit: TOLD_MAX,
    });
    if (whom.length === 0) return;
    const dataOf = new Map<string, string>();
    for (const version of new Set(whom.map((one) => one.version))) {
      const release = await this.rollouts.releaseByVersion(tx, operatorId, kind, version);
      dataOf.set(version, JSON.stringify(updateOf(version, release)));
    }
    const told = whom.map((one: ToTell) => ({ ...one, commandId: newId('ccm') }));
    const commandKind = kind === 'FIRMWARE' ? 'FIRMWARE_UPDATE' : 'CONFIG_UPDATE';
    await this.rollouts.insertCommands(
      tx,
      told.map(({ cabinetId, commandId, toldCount, version }) => ({
        id: commandId,
        cabinetId,
        kind: commandKind,
        data: present(dataOf.get(version), 'what each version says'),
        state: 'WAITING',
        requestedAt: now,
        expiresAt: plus(now, lifeOf(commandKind)),
        sentAt: null,
        repliedAt: null,
        detail: '',
        requestedBy: rollout.startedBy,
        causeKey: `${id}:${toldCount + 1}`,
        log: null,
      })),
    );
    await this.rollouts.setVersions(tx, kind, told, { by: rollout.startedBy, at: now });
    await this.rollouts.noteTold(tx, id, told, now);
  }
}
