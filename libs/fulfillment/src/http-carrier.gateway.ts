import { createHmac, timingSafeEqual } from 'node:crypto';
import { Clock, MINUTE_MS } from '#libs/kernel';
import type { Database } from '#platform/database';
import { CarrierGateway, type Consignment, type Travelling } from './carrier.gateway.js';
import type { FileCarrierGateway } from './file-carrier.gateway.js';
import type { FulfillmentId } from './fulfillment.entity.js';
import { type CarrierNotice, type ToldEvent, eventOf, noticeOf } from './parcel-track.rules.js';
import type { WaybillId } from './waybill.entity.js';

/** Past that whoever waits with a printer presses again, and gets the same numbers. */
const TIMEOUT_MS = 5_000;
/** What was signed longer ago, or will be, is somebody's copy. */
const SIGNED_WITHIN_MS = 5 * MINUTE_MS;
/** As numbers are printed; what the other side says is not taken on trust. */
const NUMBER = /^(?=.*\d)[0-9A-Z-]{8,40}$/;

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 over the seconds, a dot and the body, as either side signs what it says. */
export function carrierSignature(body: string, secret: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/**
 * Carriers behind one address (an aggregator, or our sandbox), which speaks docs/shipping.md#the-carriers-address. Whoever has a list of numbers
 * from its own carrier uses that up first.
 */
export class HttpCarrierGateway extends CarrierGateway {
  readonly isTelling = true;

  constructor(
    private readonly api: { readonly apiUrl: string; readonly secret: string },
    private readonly lists: FileCarrierGateway,
    private readonly database: Pick<Database, 'assertNoneOpen'>,
    private readonly clock: Clock,
  ) {
    super();
  }

  async draw(consignments: readonly Consignment[]): Promise<ReadonlyMap<WaybillId, string>> {
    const given = new Map(await this.lists.draw(consignments));
    const wanted = consignments.filter(({ waybillId }) => !given.has(waybillId));
    if (wanted.length === 0) return given;
    const { numbers } = await this.post('numbers', {
      parcels: wanted.map(({ waybillId, carrier }) => ({ ref: waybillId, carrier })),
    });
    for (const { waybillId } of wanted) {
      const number = fieldOf(numbers, waybillId);
      if (typeof number === 'string' && NUMBER.test(number)) given.set(waybillId, number);
    }
    return given;
  }

  async tellVoid(consignment: Consignment, trackingNo: string): Promise<void> {
    if (await this.lists.hasGiven(consignment)) return this.lists.tellVoid();
    const { waybillId, carrier } = consignment;
    await this.post('voids', { ref: waybillId, carrier, trackingNo });
  }

  async follow(parcels: readonly Travelling[]): Promise<ReadonlyMap<FulfillmentId, readonly ToldEvent[]>> {
    const { events } = await this.post('follow', {
      parcels: parcels.map(({ fulfillmentId, carrier, trackingNo }) => ({
        ref: fulfillmentId,
        carrier,
        trackingNo,
      })),
    });
    return new Map(
      parcels.map(({ fulfillmentId }) => {
        const told = fieldOf(events, fulfillmentId);
        return [fulfillmentId, Array.isArray(told) ? told.flatMap((each) => eventOf(each) ?? []) : []];
      }),
    );
  }

  verifyNotice(rawBody: Buffer, signature: string, now: Date): CarrierNotice | null {
    const [, seconds] = /^t=(\d{1,12}),v1=[0-9a-f]{64}$/.exec(signature) ?? [];
    if (seconds === undefined) return null;
    const atMs = Number(seconds) * 1_000;
    if (Math.abs(now.getTime() - atMs) > SIGNED_WITHIN_MS) return null;
    const body = rawBody.toString();
    const expected = carrierSignature(body, this.api.secret, atMs);
    // Of one length, as the pattern has it; compared in a time that tells nothing.
    const isTheirs =
      expected.length === signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
    return isTheirs ? noticeOf(body) : null;
  }

  private async post(path: string, question: object): Promise<Readonly<Record<string, unknown>>> {
    this.database.assertNoneOpen();
    const body = JSON.stringify(question);
    const response = await fetch(`${this.api.apiUrl.replace(/\/$/, '')}/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'carrier-signature': carrierSignature(body, this.api.secret, this.clock.now().getTime()),
      },
      body,
      redirect: 'error', // What is signed for one is for nobody else.
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer: unknown = await response.json();
    if (!response.ok || typeof answer !== 'object' || answer === null)
      throw new Error(`The carrier answered ${response.status} to ${path}.`);
    return answer as Readonly<Record<string, unknown>>;
  }
}

/** Own fields only: an answer may be anything. */
function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
