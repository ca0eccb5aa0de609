import { Injectable } from '@nestjs/common';
import { Clock, type InvalidInputError, NotFound, businessDay, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { ChannelPoint, ChannelPointId, ChannelPointStep } from './channel-point.entity.js';
import { channelPointChanged } from './channel-point.events.js';
import { ChannelPointRepository } from './channel-point.repository.js';
import { type PlaceFacts, refuseListings, refusePlace } from './channel-point.rules.js';

export interface ChannelPointInput extends PlaceFacts {
  readonly introduction: string | null;
  readonly openingHours: string | null;
  /** YYYY-MM-DD, the day it opened. */
  readonly openedOn: string;
}

/** Places as they stand, into the book: for whoever loads what is there already, and for cabinets. */
@Injectable()
export class ChannelPointService {
  constructor(
    private readonly database: Database,
    private readonly points: ChannelPointRepository,
    private readonly clock: Clock,
  ) {}

  /** Takes a point that is open already into the book. */
  record(input: ChannelPointInput): Promise<ChannelPoint | InvalidInputError> {
    return this.database.transaction(async (tx) => {
      const refusal = refusePlace(input);
      if (refusal) return refusal;

      const { longitude, latitude, ...facts } = input;
      const point: ChannelPoint = {
        id: newId('chp'),
        ...facts,
        longitude: longitude?.toFixed(6) ?? null,
        latitude: latitude?.toFixed(6) ?? null,
        state: 'OPEN',
        operatorId: null,
        revision: 1,
        heldBy: null,
        documentNo: '',
        proposedBy: null,
        proposalKey: null,
        contractSeriesId: null,
        contractedFrom: null,
        contractedTo: null,
        createdAt: this.clock.now(),
      };
      await this.points.insert(tx, point);
      await this.points.insertStep(tx, this.recorded(point, input.openedOn));
      await emit(tx, channelPointChanged(point.id, point.createdAt));
      return point;
    });
  }

  /** Replaces what a point shows; the order given is the order shown. */
  curate(channelPointId: string, productIds: readonly string[]): Promise<void | InvalidInputError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseListings(productIds);
      if (refusal) return refusal;

      if (!(await this.points.lock(tx, channelPointId))) throw new NotFound('ChannelPoint', channelPointId);
      await this.points.replaceListings(tx, channelPointId, productIds);
      await this.tell(tx, channelPointId);
    });
  }

  /** Whoever changes what a place carries waits for whoever is doing so. */
  async hold(tx: Tx, channelPointId: string): Promise<void> {
    if (!(await this.points.lock(tx, channelPointId))) throw new NotFound('ChannelPoint', channelPointId);
  }

  /** What a place carries, open or not, in its order. */
  rangeOf(tx: Tx, channelPointId: string): Promise<string[]> {
    return this.points.listings(tx, channelPointId);
  }

  /** One more product at the end of the range of a place that is held; none if it is there already. */
  async putOn(tx: Tx, channelPointId: string, productId: string): Promise<InvalidInputError | null> {
    const range = await this.points.listings(tx, channelPointId);
    if (range.includes(productId)) return null;
    const refusal = refuseListings([...range, productId]);
    if (refusal) return refusal;
    await this.points.addListing(tx, channelPointId, productId);
    await this.tell(tx, channelPointId);
    return null;
  }

  /** Out of the range of a place that is held. */
  async takeOff(tx: Tx, channelPointId: string, productId: string): Promise<void> {
    await this.points.removeListing(tx, channelPointId, productId);
    await this.tell(tx, channelPointId);
  }

  /** As the book says it is, with no office that has decided. */
  suspend(channelPointId: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const point = await this.points.lockPoint(tx, channelPointId);
      if (point?.state !== 'OPEN') throw new NotFound('ChannelPoint', channelPointId);
      const revision = point.revision + 1;
      const { id, openedOn, documentNo } = point;
      const state = 'SUSPENDED';
      await this.points.move(tx, id, { state, revision, heldBy: 'OFFICE', openedOn, documentNo });
      await this.points.insertStep(tx, this.recorded({ id, state, revision }, businessDay(this.clock.now())));
      await this.tell(tx, channelPointId);
    });
  }

  private recorded(
    { id, revision, state }: Pick<ChannelPoint, 'id' | 'revision' | 'state'>,
    effectiveOn: string,
  ): ChannelPointStep {
    return {
      channelPointId: id,
      number: revision,
      act: 'RECORDED',
      state,
      side: 'BOOK',
      actorId: null,
      reason: '',
      fileIds: [],
      content: null,
      effectiveOn,
      at: this.clock.now(),
    };
  }

  /** Of a point that was found, so its id is one. */
  private tell(tx: Tx, channelPointId: string): Promise<void> {
    return emit(tx, channelPointChanged(channelPointId as ChannelPointId, this.clock.now()));
  }
}
