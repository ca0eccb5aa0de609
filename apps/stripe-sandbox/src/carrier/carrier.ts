import { createHash } from 'node:crypto';
import type { Core } from '../engine/core.js';
import type { Parcel, ParcelStep } from '../engine/store.js';
import { Problem } from '../http/problem.js';
import { signedAs } from './signature.js';

/** How a parcel ends; which one a parcel has is told by its number, unless control has said it. */
export const FATES = ['SIGNED', 'SECOND_TRY', 'REFUSED', 'LOST'] as const;
export type Fate = (typeof FATES)[number];

const WAY: readonly ParcelStep[] = [
  { kind: 'COLLECTED', place: '揽投部' },
  { kind: 'ARRIVED', place: '株洲转运中心' },
  { kind: 'ARRIVED', place: '目的地转运中心' },
];
const BROUGHT: ParcelStep = { kind: 'OUT_FOR_DELIVERY', place: '目的地营业点' };
const ENDS: Readonly<Record<Fate, readonly ParcelStep[]>> = {
  SIGNED: [...WAY, BROUGHT, { kind: 'SIGNED', place: '家门口' }],
  SECOND_TRY: [
    ...WAY,
    BROUGHT,
    { kind: 'FAILED', place: '目的地营业点' },
    BROUGHT,
    { kind: 'SIGNED', place: '驿站' },
  ],
  REFUSED: [
    ...WAY,
    BROUGHT,
    { kind: 'REFUSED', place: '目的地营业点' },
    { kind: 'RETURNED', place: '揽投部' },
  ],
  LOST: [...WAY, { kind: 'LOST', place: '目的地转运中心' }],
};
/** Of sixteen parcels one is refused, and one is brought twice. */
const SIXTEENTHS: readonly Fate[] = ['REFUSED', 'SECOND_TRY'];
const KINDS = ['COLLECTED', 'ARRIVED', 'OUT_FOR_DELIVERY', 'SIGNED', 'FAILED', 'REFUSED', 'LOST', 'RETURNED'];
const CARRIERS = ['POST', 'SF', 'ZTO', 'YTO', 'STO', 'YUNDA', 'JT', 'JD'];
const PREFIXES: Readonly<Record<string, string>> = { SF: 'SF', YTO: 'YT', JT: 'JT', JD: 'JD' };
const NUMBER_DIGITS = 13;
const SIXTEEN = 16;

export interface Address {
  readonly url: string | null;
  readonly secret: string;
}

/** Every carrier there is, behind one address: gives numbers, carries what leaves under them, and tells of it by signed notices. */
export class SandboxCarrier {
  constructor(
    private readonly core: Core,
    private readonly address: Address,
  ) {
    core.scheduler.on('carrier-step', (id) => this.#step(id));
    core.scheduler.on('carrier-tell', (id) => this.#tell(id));
  }

  /** For the same label the same number, whenever it is asked. */
  number(ref: string, carrier: string): string {
    known(carrier);
    const digits = BigInt(`0x${createHash('sha256').update(`${carrier}:${ref}`).digest('hex').slice(0, 24)}`);
    const trackingNo =
      (PREFIXES[carrier] ?? '') + String(digits % 10n ** BigInt(NUMBER_DIGITS)).padStart(NUMBER_DIGITS, '0');
    this.#parcelOf(carrier, trackingNo);
    return trackingNo;
  }

  void(carrier: string, trackingNo: string): void {
    const parcel = this.#parcelOf(carrier, trackingNo);
    // What travels already is not stopped by paper.
    if (parcel.events.length === 0) this.#keep({ ...parcel, isVoid: true, ahead: [] });
  }

  /** From now on it travels, if it does not yet; what has happened until now is the answer. */
  follow(carrier: string, trackingNo: string): Parcel['events'] {
    const parcel = this.#parcelOf(carrier, trackingNo);
    if (!parcel.isTravelling && !parcel.isVoid) {
      this.#keep({ ...parcel, isTravelling: true });
      this.#later(parcel.id);
    }
    return parcel.events;
  }

  /** What becomes of it, as long as it has not begun. */
  decide(carrier: string, trackingNo: string, fate: string): Parcel {
    const end = FATES.find((each) => each === fate);
    if (end === undefined) throw new Problem(`A fate is one of ${FATES.join(', ')}.`);
    return this.#keep({ ...this.#parcelOf(carrier, trackingNo), ahead: ENDS[end] });
  }

  /** Something happens to it now. */
  happen(carrier: string, trackingNo: string, { kind, place }: ParcelStep): Parcel {
    if (!KINDS.includes(kind)) throw new Problem(`What happens is one of ${KINDS.join(', ')}.`);
    return this.#add(this.#parcelOf(carrier, trackingNo), { kind, place });
  }

  all(): readonly Parcel[] {
    return this.core.store.parcels.newestFirst();
  }

  #step(id: string): void {
    const parcel = this.core.store.parcels.get(id);
    const [next, ...ahead] = parcel?.ahead ?? [];
    if (!parcel || !next) return;
    this.#add({ ...parcel, ahead }, next);
    if (ahead.length > 0) this.#later(id);
  }

  #later(id: string): void {
    this.core.scheduler.at('carrier-step', id, this.core.inSeconds(this.core.settings.carrierStepSeconds));
  }

  #add(parcel: Parcel, { kind, place }: ParcelStep): Parcel {
    const id = `${parcel.id}:${parcel.events.length + 1}`;
    const at = this.core.clock.now().toISOString();
    const kept = this.#keep({ ...parcel, events: [...parcel.events, { id, kind, place, at, tries: 0 }] });
    this.core.scheduler.at('carrier-tell', id, this.core.clock.nowMs());
    return kept;
  }

  /** Told until somebody hears it, or the waits of webhooks are used up; then whoever asks is told. */
  async #tell(eventId: string): Promise<void> {
    const { url, secret } = this.address;
    const id = eventId.slice(0, eventId.lastIndexOf(':'));
    const parcel = this.core.store.parcels.get(id);
    const event = parcel?.events.find((each) => each.id === eventId);
    if (url === null || !parcel || !event) return;
    const { tries, ...told } = event;
    const body = JSON.stringify({ ...told, carrier: parcel.carrier, trackingNo: parcel.trackingNo });
    const isHeard = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'carrier-signature': signedAs(body, secret, Math.floor(this.core.clock.wallMs() / 1_000)),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(this.core.settings.webhookTimeoutMs),
    }).then(
      (response) => response.ok,
      () => false,
    );
    const wait = this.core.settings.webhookRetrySeconds[tries];
    if (isHeard || wait === undefined) return;
    const now = this.core.store.parcels.get(id) ?? parcel;
    const events = now.events.map((each) => (each.id === eventId ? { ...each, tries: tries + 1 } : each));
    this.#keep({ ...now, events });
    this.core.scheduler.at('carrier-tell', eventId, this.core.inSeconds(wait));
  }

  #parcelOf(carrier: string, trackingNo: string): Parcel {
    known(carrier);
    const id = `${carrier}:${trackingNo}`;
    const parcel = this.core.store.parcels.get(id);
    if (parcel) return parcel;
    const fate = SIXTEENTHS[(createHash('sha256').update(id).digest()[0] ?? 0) % SIXTEEN] ?? 'SIGNED';
    return this.#keep({
      id,
      carrier,
      trackingNo,
      isVoid: false,
      isTravelling: false,
      ahead: ENDS[fate],
      events: [],
    });
  }

  #keep(parcel: Parcel): Parcel {
    this.core.store.parcels.put(parcel);
    this.core.store.save();
    return parcel;
  }
}

function known(carrier: string): void {
  if (!CARRIERS.includes(carrier)) throw new Problem(`A carrier is one of ${CARRIERS.join(', ')}.`);
}
