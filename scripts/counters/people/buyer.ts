import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../data/random.js';
import type { Answer, Doors } from '../doors.js';
import type { SimulatedCabinet } from '../simulated-cabinet.js';
import { LOOK_MS, type Outcomes, type Slot, faultOf, moodOf, payFor, scan, tell } from './steps.js';

const GUEST = `mutation { guestStart { ... on GuestStartPayload { guestToken } } }`;
const BUY = `mutation ($visit: String!, $input: KioskOrderPlaceInput!) { kioskOrderPlace(visit: $visit, input: $input) {
  ... on KioskOrderPlacePayload { order { id } } ... on DomainError { code } } }`;
const LOOK = `query ($id: ID!) { order(id: $id) { state vend { state } } }`;

/** Somebody who stands before a cabinet waits for so long whether it comes. */
const STANDS_MS = 30_000;
const UNITS_MAX = 3;
const SLOTS_MAX = 3;
/** Orders are cancelled after three minutes: just before, just after, or in that moment. */
const LATE_MS = { from: 150_000, to: 210_000 };

interface Line {
  readonly slotCode: string;
  readonly quantity: number;
  readonly priceFen: bigint;
}

export type Mood = 'PAYS' | 'PAYS_TWICE' | 'BUYS_TWICE' | 'WALKS_AWAY' | 'PAYS_LATE' | 'LOOKS';

/** Of a hundred buyers. */
const MOODS: readonly (readonly [Mood, number])[] = [
  ['PAYS', 70],
  ['PAYS_TWICE', 6],
  ['BUYS_TWICE', 10],
  ['LOOKS', 6],
  ['WALKS_AWAY', 4],
  ['PAYS_LATE', 4],
];

/** Of those who have no time to wait for what takes minutes. */
export const MOODS_AT_ONCE: readonly Mood[] = ['PAYS', 'PAYS_TWICE', 'BUYS_TWICE', 'LOOKS'];

/** Guests: they scan what the screen shows, buy at the shop's own door, and pay at the sandbox. */
export class Buyers {
  readonly outcomes: Outcomes = new Map();
  private readonly guests: string[] = [];

  constructor(
    private readonly doors: Doors,
    private readonly random: Random,
    private readonly moods: readonly Mood[] | null,
  ) {}

  /** Comes to an end whatever happens; what went wrong is counted. Chance is drawn at the beginning, so that it does not depend on who answers first. */
  async visit({ device }: SimulatedCabinet): Promise<void> {
    const { moods } = this;
    const likely = MOODS.filter(([mood]) => moods === null || moods.includes(mood));
    const mood = moodOf(this.random, likely);
    const draws = { slots: this.random.between(1, SLOTS_MAX), from: this.random.between(0, 1_000) };
    const units = Array.from({ length: SLOTS_MAX }, () => this.random.between(1, UNITS_MAX));
    const lateMs = this.random.between(LATE_MS.from, LATE_MS.to);
    tell(this.outcomes, await this.try(device.code, mood, { ...draws, units, lateMs }).catch(faultOf));
  }

  private async try(
    code: string,
    mood: Mood,
    {
      slots,
      from,
      units,
      lateMs,
    }: {
      readonly slots: number;
      readonly from: number;
      readonly units: readonly number[];
      readonly lateMs: number;
    },
  ): Promise<string> {
    const scanned = await scan(this.doors, code);
    if (typeof scanned === 'string') return scanned;
    const lines = linesOf(scanned.slots, slots, from, units);
    if (lines.length === 0) return 'SOLD_OUT';
    if (mood === 'LOOKS') return 'LOOKED';
    const guest = await this.guest();
    try {
      return await this.buy(guest, scanned.visit, lines, mood, lateMs);
    } finally {
      this.guests.push(guest);
    }
  }

  private async buy(
    guest: string,
    visit: string,
    lines: readonly Line[],
    mood: Mood,
    lateMs: number,
  ): Promise<string> {
    const order = this.order(guest, visit, lines, randomUUID());
    // The same again with another key: a second order, if there is enough for both.
    const second = mood === 'BUYS_TWICE' ? this.order(guest, visit, lines, randomUUID()) : null;
    const [placed, other] = await Promise.all([order, second]);
    if (other?.order) await payFor(this.doors, guest, other.order.id);
    if (!placed.order) return placed.code ?? 'NOTHING';
    if (mood === 'WALKS_AWAY') return 'WALKED_AWAY';
    if (mood === 'PAYS_LATE') await sleep(lateMs);
    const paid = await payFor(this.doors, guest, placed.order.id, mood === 'PAYS_TWICE' ? 2 : 1);
    return paid === 'PAID' && mood !== 'PAYS_LATE' ? this.take(guest, placed.order.id) : paid;
  }

  /** Pressed twice, as people do. */
  private async order(
    guest: string,
    visit: string,
    lines: readonly Line[],
    idempotencyKey: string,
  ): Promise<Answer<{ order: { id: string } }>> {
    const input = {
      idempotencyKey,
      lines: lines.map(({ slotCode, quantity }) => ({ slotCode, quantity })),
      totalFen: lines
        .reduce((sum, { quantity, priceFen }) => sum + BigInt(quantity) * priceFen, 0n)
        .toString(),
    };
    const press = () => this.doors.ask<{ order: { id: string } }>('storefront', guest, BUY, { visit, input });
    const [first] = await Promise.all([press(), press()]);
    return first;
  }

  /** Stands there until it has come out, or for as long as anybody does. */
  private async take(guest: string, id: string): Promise<string> {
    for (let waitedMs = 0; waitedMs < STANDS_MS; waitedMs += LOOK_MS) {
      await sleep(LOOK_MS);
      const order = await this.doors.ask<{ vend: { state: string } | null }>('storefront', guest, LOOK, {
        id,
      });
      const state = order.vend?.state;
      if (state !== undefined && state !== 'DELIVERING') return state;
    }
    return 'GONE_MEANWHILE';
  }

  private async guest(): Promise<string> {
    const known = this.guests.pop();
    if (known !== undefined) return known;
    const { guestToken = '' } = await this.doors.ask<{ guestToken: string }>('storefront', null, GUEST, {});
    return guestToken;
  }
}

function linesOf(slots: readonly Slot[], count: number, from: number, units: readonly number[]): Line[] {
  const there = slots.filter(({ available }) => available > 0);
  const chosen = Array.from({ length: Math.min(count, there.length) }, (_, index) => ({
    slot: there[(from + index) % there.length],
    wanted: units[index] ?? 1,
  }));
  return chosen.flatMap(({ slot, wanted }): Line[] =>
    slot
      ? [
          {
            slotCode: slot.code,
            quantity: Math.min(wanted, slot.available),
            priceFen: BigInt(slot.priceFen),
          },
        ]
      : [],
  );
}
