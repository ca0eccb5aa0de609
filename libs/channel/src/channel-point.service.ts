import { Injectable } from '@nestjs/common';
import { Clock, type InvalidInputError, NotFound, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { ChannelPoint, ChannelPointId } from './channel-point.entity.js';
import { channelPointChanged } from './channel-point.events.js';
import { ChannelPointRepository } from './channel-point.repository.js';
import { type PlaceFacts, refuseListings, refusePlace } from './channel-point.rules.js';

export interface ChannelPointInput extends PlaceFacts {
  readonly introduction: string | null;
  readonly openingHours: string | null;
  /** YYYY-MM-DD, the day it opened. */
  readonly openedOn: string;
}

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
        createdAt: this.clock.now(),
      };
      await this.points.insert(tx, point);
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

  suspend(channelPointId: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (!(await this.points.moveState(tx, channelPointId, ['OPEN'], 'SUSPENDED')))
        throw new NotFound('ChannelPoint', channelPointId);
      await this.tell(tx, channelPointId);
    });
  }

  /** Of a point that was found, so its id is one. */
  private tell(tx: Tx, channelPointId: string): Promise<void> {
    return emit(tx, channelPointChanged(channelPointId as ChannelPointId, this.clock.now()));
  }
}
