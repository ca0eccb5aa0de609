import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../data/random.js';
import type { Doors } from '../doors.js';
import type { SimulatedCabinet } from '../simulated-cabinet.js';
import { LOOK_MS, type Outcomes, faultOf, moodOf, payFor, scan, tell } from './steps.js';
import type { Person } from './taker.js';

const ORDER = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) {
  ... on OrderPlacePayload { order { id } } ... on DomainError { code } } }`;
const PICK_UP = `query ($id: ID!) { order(id: $id) { merchantOrders { id state pickUp { id state cellCode code } } } }`;
const OPEN = `mutation ($visit: String!, $pickUpId: ID!) { pickUpOpen(visit: $visit, pickUpId: $pickUpId) {
  ... on PickUpOpenPayload { pickUp { state } } ... on DomainError { code } } }`;
const BY_CODE = `mutation ($visit: String!, $code: String!) { pickUpOpenByCode(visit: $visit, code: $code) {
  ... on PickUpOpenByCodePayload { cellCode } ... on DomainError { code } } }`;
const EXPECTED = `query ($merchantId: ID!, $cabinetId: ID) { pickUpsExpected(merchantId: $merchantId, cabinetId: $cabinetId, first: 100) {
  nodes { merchantOrderId fittingCells } } }`;
const PUT_IN = `mutation ($cabinetId: ID!, $merchantOrderId: ID!, $cellCode: ID!) {
  pickUpPlace(cabinetId: $cabinetId, merchantOrderId: $merchantOrderId, cellCode: $cellCode) { ... on PickUpPlacePayload { pickUp { id } } ... on DomainError { code } } }`;
const TROUBLED = `query ($merchantId: ID!, $cabinetId: ID, $state: PickUpState) { pickUps(merchantId: $merchantId, cabinetId: $cabinetId, state: $state, first: 100) {
  nodes { id merchantOrderId } } }`;
const TAKE_OUT = `mutation ($id: ID!, $isAgain: Boolean!) { pickUpTakeBack(pickUpId: $id, isAgain: $isAgain) {
  ... on PickUpTakeBackPayload { pickUp { state } } ... on DomainError { code } } }`;
const CELLS = `query ($id: ID!) { cabinet(id: $id) { slots { code locks { reason } } } }`;

/** A payment and its facts take a moment; a door is open within ten seconds. */
const PAID_MS = 30_000;
const OPEN_MS = 20_000;

type Mood = 'FETCHES' | 'SENDS_SOMEBODY' | 'FORGETS';

/** Of a hundred who order. */
const MOODS: readonly (readonly [Mood, number])[] = [
  ['FETCHES', 60],
  ['SENDS_SOMEBODY', 25],
  ['FORGETS', 15],
];

interface Parcel {
  readonly id: string;
  readonly state: string;
  readonly pickUp: {
    readonly id: string;
    readonly state: string;
    readonly cellCode: string;
    readonly code: string | null;
  } | null;
}

/** A locker with what may be ordered through it, and whoever runs it. */
export interface CellRoute {
  readonly cabinet: SimulatedCabinet;
  readonly channelPointId: string;
  readonly operatorId: string;
  /** Variants in stock that any cell bears. */
  readonly goods: readonly string[];
  readonly token: () => string;
}

/** People who order what they fetch from a cell, send somebody for it, or forget it; and whoever puts parcels in and sees to cells that are stuck. Leaves alone what others have ordered. */
export class Fetchers {
  readonly outcomes: Outcomes = new Map();

  constructor(
    private readonly doors: Doors,
    private readonly routes: readonly CellRoute[],
    private readonly random: Random,
    private readonly newcomer: () => Person,
  ) {}

  /** Comes to an end whatever happens; what went wrong is counted. */
  async visit(): Promise<void> {
    const routes = this.routes.filter(({ goods }) => goods.length > 0);
    if (routes.length === 0) return;
    const route = this.random.pick(routes);
    const [variantId, mood] = [this.random.pick(route.goods), moodOf(this.random, MOODS)];
    tell(this.outcomes, await this.fetch(route, variantId, mood).catch(faultOf));
  }

  private async fetch(route: CellRoute, variantId: string, mood: Mood): Promise<string> {
    const token = this.newcomer().token();
    const input = {
      idempotencyKey: randomUUID(),
      lines: [{ variantId, quantity: 1, channelPointId: route.channelPointId }],
      handover: 'PICK_UP',
      recipient: { name: '自提人', phone: '13900000000' },
    };
    const placed = await this.doors.ask<{ order: { id: string } }>('storefront', token, ORDER, { input });
    const orderId = placed.order?.id;
    if (orderId === undefined) return placed.code ?? 'NOTHING';
    const paid = await payFor(this.doors, token, orderId);
    if (paid !== 'PAID') return paid;
    const look = () => this.look(token, orderId);
    const parcel = await until(look, ({ state }) => state !== 'UNPAID', PAID_MS);
    if (parcel.state !== 'TO_SHIP') return 'NOT_PAID';
    const refusal = await this.putIn(route, parcel.id);
    if (refusal !== null) return refusal;
    if (mood === 'FORGETS') return 'FORGOTTEN';
    const opened = await this.open(route, token, await look(), mood);
    if (opened !== null) return opened;
    const after = await until(look, ({ pickUp }) => pickUp?.state !== 'OPENING', OPEN_MS);
    if (after.pickUp?.state !== 'STUCK') return after.pickUp?.state ?? 'NOTHING';
    return (await this.putElsewhere(route, after)) ?? 'STUCK_AND_MOVED';
  }

  /** Into the smallest free cell that bears it, which somebody else may just have filled; null once it lies there. */
  private async putIn(
    { cabinet, operatorId, token }: CellRoute,
    merchantOrderId: string,
  ): Promise<string | null> {
    const { cabinetId } = cabinet.device.identity;
    const { nodes = [] } = await this.doors.ask<{
      nodes: readonly { readonly merchantOrderId: string; readonly fittingCells: readonly string[] }[];
    }>('merchant', token(), EXPECTED, { merchantId: operatorId, cabinetId });
    const expected = nodes.find((node) => node.merchantOrderId === merchantOrderId);
    return this.putInto(cabinetId, token(), merchantOrderId, expected?.fittingCells ?? []);
  }

  private async putInto(
    cabinetId: string,
    token: string,
    merchantOrderId: string,
    cells: readonly string[],
  ): Promise<string | null> {
    let refusal = 'NO_ROOM';
    for (const cellCode of cells) {
      const placing = { cabinetId, merchantOrderId, cellCode };
      const { pickUp, code } = await this.doors.ask<{ pickUp: object }>('merchant', token, PUT_IN, placing);
      if (pickUp) return null;
      refusal = code ?? 'NOTHING';
    }
    return refusal;
  }

  /** By the telephone of whoever has ordered, or by the code that somebody was told; pressed twice, as people do. Null where it is asked for. */
  private async open(
    { cabinet }: CellRoute,
    token: string,
    { pickUp }: Parcel,
    mood: Mood,
  ): Promise<string | null> {
    const scanned = await scan(this.doors, cabinet.device.code, 'OTHER_MODEL');
    if (typeof scanned === 'string') return scanned;
    const { visit } = scanned;
    const press = () =>
      mood === 'FETCHES'
        ? this.doors.ask('storefront', token, OPEN, { visit, pickUpId: pickUp?.id })
        : this.doors.ask('storefront', this.newcomer().token(), BY_CODE, { visit, code: pickUp?.code });
    const [first, second] = await Promise.all([press(), press()]);
    return first.code === undefined || second.code === undefined ? null : first.code;
  }

  /** Its cell is stuck: whoever has a key takes it out, and puts it into another. */
  private async putElsewhere(route: CellRoute, { id, pickUp }: Parcel): Promise<string | null> {
    const { cabinetId } = route.cabinet.device.identity;
    const token = route.token();
    const asked = { merchantId: route.operatorId, cabinetId, state: 'STUCK' };
    const { nodes = [] } = await this.doors.ask<{
      nodes: readonly { readonly id: string; readonly merchantOrderId: string }[];
    }>('merchant', token, TROUBLED, asked);
    if (!nodes.some(({ merchantOrderId }) => merchantOrderId === id)) return 'STUCK_UNSEEN';
    await this.doors.ask('merchant', token, TAKE_OUT, { id: pickUp?.id, isAgain: true });
    const { slots = [] } = await this.doors.ask<{
      slots: readonly { readonly code: string; readonly locks: readonly object[] }[];
    }>('merchant', token, CELLS, { id: cabinetId });
    const others = slots.filter(({ locks }) => locks.length === 0).map(({ code }) => code);
    return this.putInto(cabinetId, token, id, others);
  }

  private async look(token: string, id: string): Promise<Parcel> {
    const { merchantOrders = [] } = await this.doors.ask<{ merchantOrders: readonly Parcel[] }>(
      'storefront',
      token,
      PICK_UP,
      { id },
    );
    const [parcel] = merchantOrders;
    if (!parcel) throw new Error(`${id} has no part`);
    return parcel;
  }
}

async function until(
  look: () => Promise<Parcel>,
  isSo: (parcel: Parcel) => boolean,
  patienceMs: number,
): Promise<Parcel> {
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    const parcel = await look();
    if (isSo(parcel) || waitedMs >= patienceMs) return parcel;
    await sleep(LOOK_MS);
  }
}
