import { Injectable } from '@nestjs/common';
import { Clock, HOUR_MS, MINUTE_MS, plus } from '#libs/kernel';
import { type LockedMerchantOrder, MerchantOrderService } from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { CarrierGateway } from './carrier.gateway.js';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { ParcelTrackRepository, type TrackRow } from './parcel-track.repository.js';
import { type ToldEvent, isOf, isOver, keptOf, receiptDueAt, standingOf } from './parcel-track.rules.js';

/** Carriers tell by themselves; this is for what has not reached us. */
const LOOK_EVERY_MS = 6 * HOUR_MS;
/** Longer than a carrier takes to answer: whoever dies meanwhile leaves it to the next. */
const LEASE_MS = 10 * MINUTE_MS;
/** Parcels in one question to a carrier. */
const ASKED_MAX = 50;

/** Where parcels are: what carriers tell, what follows of it for their receipt, and what somebody has to do something about. */
@Injectable()
export class ParcelTrackService {
  constructor(
    private readonly database: Database,
    private readonly tracks: ParcelTrackRepository,
    private readonly fulfillments: FulfillmentRepository,
    private readonly merchantOrders: MerchantOrderService,
    private readonly carriers: CarrierGateway,
    private readonly clock: Clock,
  ) {}

  /** What is signed by the carrier, once, in whatever order. REFUSED for everything else; UNKNOWN for what is no parcel of ours, which is no fault of the carrier. */
  async receive(rawBody: Buffer, signature: string): Promise<'RECEIVED' | 'UNKNOWN' | 'REFUSED'> {
    const notice = this.carriers.verifyNotice(rawBody, signature, this.clock.now());
    if (!notice) return 'REFUSED';
    const { carrier, trackingNo, event } = notice;
    return this.database.transaction(async (tx) => {
      const track = await this.tracks.byNumber(tx, carrier, trackingNo);
      if (!track) return 'UNKNOWN';
      await this.note(tx, track, [event], track.lookAt);
      return 'RECEIVED';
    });
  }

  /** Asks carriers about parcels whose turn it is, the first time as soon as they have left: from then on they tell by themselves. Returns of how many. */
  async followDue(limit: number): Promise<number> {
    const now = this.clock.now();
    const due = await this.database.transaction((tx) =>
      this.tracks.claimDue(tx, now, plus(now, LEASE_MS), Math.min(limit, ASKED_MAX)),
    );
    if (due.length === 0) return 0;
    const told = await this.carriers.follow(due);
    for (const track of due) {
      const events = told.get(track.fulfillmentId) ?? [];
      await this.database.transaction((tx) => this.note(tx, track, events, plus(now, LOOK_EVERY_MS)));
    }
    return due.length;
  }

  /** Joins. The merchant order's lock comes first, as for whoever signs for the parcel at this moment. */
  private async note(
    tx: Tx,
    { fulfillmentId, merchantOrderId, merchantId, shippedAt }: TrackRow,
    told: readonly ToldEvent[],
    lookAt: Date | null,
  ): Promise<void> {
    const parts = await this.merchantOrders.lockAllForMerchant(tx, [merchantOrderId], merchantId);
    const toldAt = this.clock.now();
    const known = await this.tracks.eventsOf(tx, fulfillmentId);
    const own = told.filter((event) => isOf(shippedAt, event));
    const events = keptOf(own, known.length).map(({ ref, kind, place, at }) => ({
      fulfillmentId,
      ref,
      kind,
      place,
      occurredAt: at,
      toldAt,
    }));
    await this.tracks.addEvents(tx, events);
    const standing = standingOf(await this.tracks.eventsOf(tx, fulfillmentId));
    const carried = await this.fulfillments.carriedOf(tx, merchantOrderId);
    const isReceived = carried.some(
      (each) => each.fulfillmentId === fulfillmentId && each.receivedAt !== null,
    );
    // Whoever has it has said so: nothing is wrong with it any more, and nobody asks where it is.
    const shown = isReceived ? { ...standing, trouble: null } : standing;
    await this.tracks.stand(
      tx,
      fulfillmentId,
      shown,
      isReceived || isOver(standing, shippedAt, toldAt) ? null : lookAt,
    );
    if (isReceived) return;
    await this.fulfillments.changeParcelReceipt(tx, fulfillmentId, receiptDueAt(standing, shippedAt));
    for (const part of parts) await this.tellPart(tx, part);
  }

  /** A part counts as received by itself with the last of its parcels; where one never does, by itself it never does. */
  private async tellPart(tx: Tx, part: LockedMerchantOrder): Promise<void> {
    if (part.state !== 'SHIPPED') return;
    const waiting = (await this.fulfillments.carriedOf(tx, part.id)).filter(
      ({ receivedAt }) => receivedAt === null,
    );
    const dues = waiting.map(({ autoReceiptAt }) => autoReceiptAt?.getTime() ?? null);
    const last = dues.includes(null) ? null : Math.max(...dues.filter((due) => due !== null));
    await this.merchantOrders.changeAutoReceipt(tx, part, last === null ? null : new Date(last));
  }
}
