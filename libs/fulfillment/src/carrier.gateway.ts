import type { WaybillId } from './waybill.entity.js';
import type { Carrier } from './waybill.rules.js';

/** What a carrier is asked to bring. */
export interface Consignment {
  /** Asked again for the same one, the carrier gives the same number. */
  readonly waybillId: WaybillId;
  readonly merchantId: string;
  readonly carrier: Carrier;
}

/** Whoever takes parcels along. Never asked within a transaction. */
export abstract class CarrierGateway {
  /** Numbers by label; those are missing for which there is none. */
  abstract draw(consignments: readonly Consignment[]): Promise<ReadonlyMap<WaybillId, string>>;
  /** Nothing comes under it. Told again it changes nothing. */
  abstract tellVoid(consignment: Consignment, trackingNo: string): Promise<void>;
}
