import { randomUUID } from 'node:crypto';
import type { Random } from '../../data/random.js';
import type { Doors } from '../doors.js';
import type { ShelfSlot } from '../kinds/kind.js';
import type { SlotCabinet } from '../kinds/slot-cabinet.js';
import type { SimulatedCabinet } from '../simulated-cabinet.js';
import { type Outcomes, atOpenDoor, faultOf, tell } from './steps.js';

export const SEE = `query ($id: ID!) { cabinet(id: $id) { slots { code capacity locks { reason } }
  shelf { code variantId units missingUnits batches { batchId isExpired units } } } }`;
export const FILL = `mutation ($cabinetId: ID!, $slotCode: ID!, $batchId: ID!, $quantity: Int!, $causeKey: ID!) {
  slotFill(cabinetId: $cabinetId, slotCode: $slotCode, batchId: $batchId, quantity: $quantity, causeKey: $causeKey) {
    ... on SlotFillPayload { cabinet { id } } ... on DomainError { code } } }`;
const COUNT = `mutation ($cabinetId: ID!, $slotCode: ID!, $batches: [SlotBatchInput!]!, $causeKey: ID!) {
  slotCount(cabinetId: $cabinetId, slotCode: $slotCode, batches: $batches, causeKey: $causeKey) {
    ... on SlotCountPayload { cabinet { id } } ... on DomainError { code } } }`;
export const DECIDE = `mutation ($cabinetId: ID!) { cabinetGoodsDecide(cabinetId: $cabinetId, decision: RELEASE, reason: "已查验，品质正常") {
  ... on CabinetGoodsDecidePayload { cabinet { id } } ... on DomainError { code } } }`;

export interface Seen {
  readonly slots: readonly {
    readonly code: string;
    readonly capacity: number;
    readonly locks: readonly { readonly reason: string }[];
  }[];
  readonly shelf: readonly ShelfSeen[];
}

interface ShelfSeen {
  readonly code: string;
  readonly variantId: string;
  readonly units: number;
  readonly missingUnits: number;
  readonly batches: readonly {
    readonly batchId: string;
    readonly isExpired: boolean;
    readonly units: number;
  }[];
}

/** A cabinet that somebody fills, and as whom. */
export interface Route {
  readonly cabinet: SimulatedCabinet;
  readonly slots: SlotCabinet;
  readonly shelf: readonly ShelfSlot[];
  readonly token: () => string;
}

/** Whoever runs the cabinets: opens the door, counts what is stuck or past its day, fills up what is missing, all through the merchants' own door. */
export class Operators {
  readonly outcomes: Outcomes = new Map();

  constructor(
    private readonly doors: Doors,
    private readonly routes: readonly Route[],
    private readonly random: Random,
  ) {}

  /** One visit to one of them. */
  async visit(): Promise<void> {
    if (this.routes.length > 0) await this.visitAt(this.random.pick(this.routes));
  }

  async visitAt(route: Route): Promise<void> {
    const { cabinet, slots } = route;
    if (slots.isServed) return;
    try {
      await atOpenDoor(cabinet.device, slots, () => this.serve(route));
    } catch (error) {
      tell(this.outcomes, faultOf(error));
    }
  }

  private async serve(route: Route): Promise<void> {
    const id = route.cabinet.device.identity.cabinetId;
    const { slots = [], shelf = [] } = await this.doors.ask<Seen>('merchant', route.token(), SEE, { id });
    const reasonsOf = (code: string) =>
      slots.find((slot) => slot.code === code)?.locks.map(({ reason }) => reason) ?? [];
    if (slots.some(({ code }) => reasonsOf(code).includes('TEMPERATURE')))
      await this.act(route, 'goods decided', DECIDE, {});
    for (const slot of shelf) {
      const reasons = reasonsOf(slot.code);
      const isCounted = reasons.includes('FAULT') || reasons.includes('EXPIRED');
      const units = isCounted ? await this.count(route, slot) : slot.units;
      const capacity = slots.find(({ code }) => code === slot.code)?.capacity ?? 0;
      const missing = Math.min(slot.units + slot.missingUnits, capacity) - units;
      if (missing > 0 && !isCounted) await this.fill(route, slot, missing);
    }
  }

  /** What really lies there, batch by batch, what is past its day taken out. */
  private async count(route: Route, { code, units, batches }: ShelfSeen): Promise<number> {
    let left = route.slots.contents.get(code) ?? 0;
    const found: { batchId: string; quantity: number }[] = [];
    let expired = 0;
    // The book sells first what expires first; what is missing is missing there.
    for (const batch of batches.toReversed()) {
      const quantity = Math.min(left, batch.units);
      left -= quantity;
      if (batch.isExpired) expired += quantity;
      else if (quantity > 0) found.push({ batchId: batch.batchId, quantity });
    }
    const batchId = found.at(-1)?.batchId ?? this.batchOf(route, code);
    if (left > 0 && batchId !== null) {
      const more = found.find((each) => each.batchId === batchId);
      if (more) more.quantity += left;
      else found.push({ batchId, quantity: left });
    }
    const isDone = await this.act(route, 'counted', COUNT, { slotCode: code, batches: found });
    if (!isDone) return units;
    if (expired > 0) route.slots.put(code, -expired);
    return found.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  private async fill(route: Route, { code, batches }: ShelfSeen, quantity: number): Promise<void> {
    const batchId = batches.findLast(({ isExpired }) => !isExpired)?.batchId ?? this.batchOf(route, code);
    if (batchId === null) return;
    if (await this.act(route, 'filled', FILL, { slotCode: code, batchId, quantity }))
      route.slots.put(code, quantity);
  }

  private batchOf({ shelf }: Route, code: string): string | null {
    return shelf.find((slot) => slot.code === code)?.batchId ?? null;
  }

  /** True when it was done. Whoever gets no answer asks the same under the same key. */
  private async act(route: Route, what: string, query: string, variables: object): Promise<boolean> {
    const { cabinetId } = route.cabinet.device.identity;
    const all = { cabinetId, causeKey: randomUUID(), ...variables };
    const { code } = await this.doors.ask('merchant', route.token(), query, all);
    tell(this.outcomes, code ?? what);
    return code === undefined;
  }
}
