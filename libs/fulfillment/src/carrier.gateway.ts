import type { FulfillmentId } from './fulfillment.entity.js';
import type { CarrierNotice, ToldEvent } from './parcel-track.rules.js';
import type { WaybillId } from './waybill.entity.js';
import type { Carrier } from './waybill.rules.js';

/** What a carrier is asked to bring. */
export interface Consignment {
  /** Asked again for the same one, the carrier gives the same number. */
  readonly waybillId: WaybillId;
  readonly merchantId: string;
  readonly carrier: Carrier;
}

/** What has left under a carrier's number, whoever has given it. */
export interface Travelling {
  readonly fulfillmentId: FulfillmentId;
  readonly carrier: Carrier;
  readonly trackingNo: string;
}

/** Whoever takes parcels along. Never asked within a transaction. */
export abstract class CarrierGateway {
  /** Whether anybody tells where parcels are. */
  abstract readonly isTelling: boolean;
  /** Numbers by label; those are missing for which there is none. */
  abstract draw(consignments: readonly Consignment[]): Promise<ReadonlyMap<WaybillId, string>>;
  /** Nothing comes under it. Told again it changes nothing. */
  abstract tellVoid(consignment: Consignment, trackingNo: string): Promise<void>;
  /** From now on what happens to them is told; what has happened until now is the answer. Asked again, it is asked once more. */
  abstract follow(parcels: readonly Travelling[]): Promise<ReadonlyMap<FulfillmentId, readonly ToldEvent[]>>;
  /** Null for what the carrier has not signed, has signed long ago, or cannot have meant. */
  abstract verifyNotice(rawBody: Buffer, signature: string, now: Date): CarrierNotice | null;
}
