import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, InvalidInputError, NotFound, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { CabinetReleaseId, CabinetRolloutId } from './rollout.entity.js';
import {
  CabinetReleaseExistsError,
  CabinetRolloutKeyReusedError,
  CabinetRolloutOpenError,
  CabinetRolloutStateError,
} from './rollout.errors.js';
import { type OpenRollout, RolloutRepository } from './rollout.repository.js';
import {
  ROLLOUT_CABINETS_MAX,
  type ReleaseInput,
  type RolloutAct,
  type RolloutWish,
  digestOf,
  divide,
  hashOfRollout,
  refuseReason,
  refuseRelease,
  refuseRollout,
  stateAfterAct,
} from './rollout.rules.js';

export interface RolloutActor {
  readonly userId: IdOf<'usr'>;
  /** Whose cabinets they may tell what to do. */
  readonly merchantIds: readonly string[];
}

const ACT_NOTED: Readonly<Record<RolloutAct, string>> = {
  HALT: 'cabinet_rollout.halted',
  RESUME: 'cabinet_rollout.resumed',
  ROLL_BACK: 'cabinet_rollout.rolled_back',
  END: 'cabinet_rollout.ended',
};

type Done = CabinetRolloutId | InvalidInputError | CabinetRolloutStateError;

/** What people say about versions: which there are, to whom they go first, and whether they go on. What follows from it the clock does. */
@Injectable()
export class RolloutService {
  constructor(
    private readonly database: Database,
    private readonly rollouts: RolloutRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same version with the same content is the same one. */
  addRelease(
    merchantId: string,
    input: ReleaseInput,
    { userId, merchantIds }: RolloutActor,
  ): Promise<CabinetReleaseId | InvalidInputError | CabinetReleaseExistsError> {
    return this.database.transaction(async (tx) => {
      const operatorId = ownOf(merchantId, merchantIds);
      const refusal = refuseRelease(input);
      if (refusal) return refusal;
      const { kind, version, content, url } = input;
      const digest = content === null ? (input.digest ?? '') : digestOf(content);
      const before = await this.rollouts.releaseByVersion(tx, operatorId, kind, version);
      if (before)
        return before.digest === digest && before.url === url ? before.id : new CabinetReleaseExistsError();
      const id = newId('crl');
      const addedAt = this.clock.now();
      await this.rollouts.insertRelease(tx, {
        id,
        operatorId,
        kind,
        version,
        digest,
        content,
        url,
        addedBy: userId,
        addedAt,
      });
      await this.note(tx, userId, 'cabinet_release.added', id, { merchantId, kind, version, digest });
      return id;
    });
  }

  /** The same key with the same wish answers with the first. Its first stage is told within moments. */
  start(
    wish: RolloutWish,
    { userId, merchantIds }: RolloutActor,
  ): Promise<CabinetRolloutId | InvalidInputError | CabinetRolloutKeyReusedError | CabinetRolloutOpenError> {
    return this.database.transaction(async (tx) => {
      const operatorId = ownOf(wish.merchantId, merchantIds);
      const refusal = refuseRollout(wish);
      if (refusal) return refusal;
      const contentHash = hashOfRollout(wish);
      const before = await this.rollouts.byKey(tx, operatorId, wish.idempotencyKey);
      if (before) return before.contentHash === contentHash ? before.id : new CabinetRolloutKeyReusedError();
      const release = await this.rollouts.releaseById(tx, wish.releaseId, operatorId);
      if (!release) throw new NotFound('CabinetRelease', wish.releaseId);
      const { kind } = release;
      const open = await this.rollouts.openOf(tx, operatorId, kind);
      if (open) return new CabinetRolloutOpenError(open);
      const candidates = await this.rollouts.candidates(tx, operatorId, kind, ROLLOUT_CABINETS_MAX);
      const formerOf = new Map<string, string | null>(
        candidates.map(({ id, formerVersion }) => [id, formerVersion]),
      );
      for (const cabinetId of wish.stages.flatMap(({ cabinetIds }) => cabinetIds ?? []))
        if (!formerOf.has(cabinetId)) throw new NotFound('Cabinet', cabinetId);
      const id = newId('cro');
      const stages = divide([...formerOf.keys()], wish.stages, id);
      if (stages.length === 0) return nobody();
      const startedAt = this.clock.now();
      const { idempotencyKey, waitHours, faultyMax } = wish;
      await this.rollouts.insert(
        tx,
        {
          id,
          releaseId: release.id,
          operatorId,
          openOperatorId: operatorId,
          kind,
          state: 'RUNNING',
          stage: 1,
          stageCount: stages.length,
          stageBeganAt: startedAt,
          waitHours,
          faultyMax,
          faultyCount: 0,
          faultyAccepted: 0,
          idempotencyKey,
          contentHash,
          reason: '',
          startedBy: userId,
          startedAt,
          endedAt: null,
        },
        stages.flatMap((cabinetIds, index) =>
          cabinetIds.map((cabinetId) => ({
            rolloutId: id,
            cabinetId,
            stage: index + 1,
            state: 'AHEAD',
            formerVersion: formerOf.get(cabinetId) ?? null,
            commandId: null,
            toldCount: 0,
            toldAt: null,
            settledAt: null,
          })),
        ),
      );
      const { version } = release;
      const sizes = stages.map((stage) => stage.length);
      await this.note(tx, userId, 'cabinet_rollout.started', id, {
        kind,
        version,
        sizes,
        waitHours,
        faultyMax,
      });
      return id;
    });
  }

  /** A person lets the next stage begin. `stage` is the one that they have looked at: said twice it goes on once. */
  advance(
    rolloutId: string,
    stage: number,
    actor: RolloutActor,
  ): Promise<CabinetRolloutId | CabinetRolloutStateError> {
    return this.database.transaction(async (tx) => {
      const rollout = await this.locked(tx, rolloutId, actor);
      if (rollout.stage === stage + 1) return rollout.id;
      if (rollout.state !== 'RUNNING' || rollout.stage !== stage || stage >= rollout.stageCount)
        return new CabinetRolloutStateError(rollout.state, rollout.stage);
      await this.rollouts.save(tx, { ...rollout, stage: stage + 1, stageBeganAt: this.clock.now() });
      await this.note(tx, actor.userId, 'cabinet_rollout.advanced', rollout.id, { stage: stage + 1 });
      return rollout.id;
    });
  }

  /** Doing it twice is harmless; so below. */
  halt(rolloutId: string, reason: string, actor: RolloutActor): Promise<Done> {
    return this.act<never>(rolloutId, 'HALT', reason, actor, async (tx, { id }) => {
      await this.rollouts.endCommands(tx, id);
      return undefined;
    });
  }

  resume(rolloutId: string, reason: string, actor: RolloutActor): Promise<Done> {
    return this.act<never>(rolloutId, 'RESUME', reason, actor, async () => undefined);
  }

  end(rolloutId: string, reason: string, actor: RolloutActor): Promise<Done> {
    return this.act<never>(rolloutId, 'END', reason, actor, async (tx, { id }) => {
      await this.rollouts.endCommands(tx, id);
      await this.rollouts.leaveRest(tx, id, this.clock.now());
      return undefined;
    });
  }

  /** One that is done is opened anew, unless another is open meanwhile. */
  rollBack(rolloutId: string, reason: string, actor: RolloutActor): Promise<Done | CabinetRolloutOpenError> {
    return this.act(rolloutId, 'ROLL_BACK', reason, actor, async (tx, { id, operatorId, kind }) => {
      const open = await this.rollouts.openOf(tx, operatorId, kind);
      if (open && open !== id) return new CabinetRolloutOpenError(open);
      await this.rollouts.endCommands(tx, id);
      await this.rollouts.revert(tx, id, this.clock.now());
      return undefined;
    });
  }

  private act<Refusal extends CabinetRolloutOpenError = never>(
    rolloutId: string,
    act: RolloutAct,
    said: string,
    actor: RolloutActor,
    work: (tx: Tx, rollout: OpenRollout) => Promise<Refusal | undefined>,
  ): Promise<Done | Refusal> {
    return this.database.transaction(async (tx) => {
      const rollout = await this.locked(tx, rolloutId, actor);
      const reason = said.trim();
      const invalid = refuseReason(reason);
      if (invalid) return invalid;
      const state = stateAfterAct(rollout.state, act);
      if (state === null) return new CabinetRolloutStateError(rollout.state, rollout.stage);
      if (state === rollout.state) return rollout.id;
      const refusal = await work(tx, rollout);
      if (refusal) return refusal;
      await this.rollouts.save(tx, {
        ...rollout,
        state,
        reason,
        openOperatorId: act === 'END' ? null : rollout.operatorId,
        endedAt: act === 'END' ? this.clock.now() : null,
        // Whoever goes on has seen what is wrong: it halts again for what comes on top of it.
        faultyAccepted: act === 'RESUME' ? rollout.faultyCount : rollout.faultyAccepted,
      });
      const { stage, faultyCount } = rollout;
      await this.note(tx, actor.userId, ACT_NOTED[act], rollout.id, { reason, stage, faultyCount });
      return rollout.id;
    });
  }

  private async locked(tx: Tx, rolloutId: string, { merchantIds }: RolloutActor): Promise<OpenRollout> {
    const rollout = await this.rollouts.lock(tx, rolloutId, merchantIds);
    if (!rollout) throw new NotFound('CabinetRollout', rolloutId);
    return rollout;
  }

  private note(
    tx: Tx,
    actorId: string,
    act: string,
    subject: string,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.audit.record(tx, { actorId, act, subject, divisionCode: null, detail });
  }
}

function ownOf(merchantId: string, merchantIds: readonly string[]): IdOf<'mer'> {
  if (!merchantIds.includes(merchantId)) throw new NotFound('Merchant', merchantId);
  return merchantId as IdOf<'mer'>;
}

function nobody(): InvalidInputError {
  return new InvalidInputError([
    {
      path: 'input.stages',
      message: { zh: '没有可推送的在用柜机', en: 'There is no cabinet to which it could go.' },
    },
  ]);
}
