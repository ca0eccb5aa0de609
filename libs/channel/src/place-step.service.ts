import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, businessDay, present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { StoredFileService } from '#platform/files';
import { emit } from '#platform/outbox';
import type { ChannelPoint, ChannelPointStep } from './channel-point.entity.js';
import { channelPointChanged } from './channel-point.events.js';
import { ChannelPointRepository } from './channel-point.repository.js';
import { PlaceStateError } from './place.errors.js';
import { type PlaceStepAct, type SaidStep, refuseSaid, stateAfter } from './place.rules.js';

export interface PlaceStepWish extends Omit<SaidStep, 'effectiveOn'> {
  readonly placeId: string;
  /** Of the place as it was looked at. */
  readonly revision: number;
  /** Today unless said. */
  readonly effectiveOn: string | null;
}

interface Doer {
  readonly side: 'OPERATOR' | 'OFFICE';
  readonly userId: IdOf<'usr'>;
}

const saidOf = ({
  act,
  reason,
  fileIds,
}: Pick<ChannelPointStep, 'reason' | 'fileIds'> & { act: string }) => ({
  act,
  reason,
  fileIds,
});

/** One step of a place that is locked, whoever takes it. */
@Injectable()
export class PlaceStepService {
  constructor(
    private readonly points: ChannelPointRepository,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Whether this very step has been taken by the same person already: its answer was lost. */
  async isRepeated(
    tx: Tx,
    { id, revision }: ChannelPoint,
    wish: PlaceStepWish,
    userId: string,
  ): Promise<boolean> {
    if (revision !== wish.revision + 1) return false;
    const last = await this.points.step(tx, id, revision);
    return (
      last !== null &&
      last.actorId === userId &&
      isDeepStrictEqual(saidOf(last), saidOf({ ...wish, reason: wish.reason.trim() }))
    );
  }

  /** What becomes of it is judged first, then what was said of it; nothing is kept of a step that is refused. */
  async take(
    tx: Tx,
    point: ChannelPoint,
    wish: PlaceStepWish,
    { side, userId }: Doer,
  ): Promise<InvalidInputError | PlaceStateError | null> {
    const state = point.revision === wish.revision ? stateAfter(wish.act, side, point) : null;
    if (state === null) return new PlaceStateError(point.state, point.revision);
    const today = businessDay(this.clock.now());
    const step = { ...wish, effectiveOn: wish.effectiveOn ?? today };
    const last = present(await this.points.step(tx, point.id, point.revision), 'the last step of a place');
    // Swept meanwhile, or somebody else's: not there.
    const files = await this.files.attach(tx, wish.fileIds, userId, point.id);
    const refusal = refuseSaid(step, {
      side,
      today,
      lastOn: last.effectiveOn,
      files: new Set<string>(files.map(({ id }) => id)),
    });
    if (refusal) return refusal;
    const revision = point.revision + 1;
    await this.points.move(tx, point.id, {
      state,
      revision,
      heldBy: state === 'SUSPENDED' ? side : null,
      openedOn: state === 'OPEN' ? (point.openedOn ?? step.effectiveOn) : point.openedOn,
      documentNo: wish.act === 'APPROVED' ? wish.documentNo.trim() : point.documentNo,
    });
    await this.keep(tx, point, { ...step, state, revision, content: null }, { side, userId });
    // Visitors see what is open, and nothing before or after.
    if ((state === 'OPEN') !== (point.state === 'OPEN'))
      await emit(tx, channelPointChanged(point.id, this.clock.now()));
    return null;
  }

  /** The step itself, and who has taken it. */
  async keep(
    tx: Tx,
    { id, countyCode }: Pick<ChannelPoint, 'id' | 'countyCode'>,
    step: Pick<ChannelPointStep, 'state' | 'reason' | 'fileIds' | 'effectiveOn' | 'content'> & {
      readonly act: PlaceStepAct | 'PROPOSED' | 'AMENDED' | 'ENTRUSTED';
      readonly revision: number;
    },
    { side, userId }: Doer,
  ): Promise<void> {
    const { act, state, fileIds, effectiveOn, content, revision } = step;
    const reason = step.reason.trim();
    await this.points.insertStep(tx, {
      channelPointId: id,
      number: revision,
      act,
      state,
      side,
      actorId: userId,
      reason,
      fileIds,
      content,
      effectiveOn,
      at: this.clock.now(),
    });
    await this.audit.record(tx, {
      actorId: userId,
      act: `channel_point.${act.toLowerCase()}`,
      subject: id,
      divisionCode: countyCode,
      detail: { revision, reason },
    });
  }
}
