import { randomUUID } from 'node:crypto';
import type { Random } from '../../data/random.js';
import type { Doors } from '../doors.js';
import { type WeighingCabinet, standsAt } from '../kinds/weighing-cabinet.js';
import type { SimulatedCabinet } from '../simulated-cabinet.js';
import { DECIDE, FILL, SEE, type Seen } from './operator.js';
import { type Outcomes, atOpenDoor, faultOf, tell } from './steps.js';

const REVIEWS = `query ($merchantId: ID!) { doorOpenings(merchantId: $merchantId, state: REVIEW, first: 100) {
  nodes { id cabinetId trays { slotCode beforeG afterG } } } }`;
const SAY = `mutation ($openingId: ID!, $items: [DoorOpeningItemInput!]!) { doorOpeningDecide(openingId: $openingId, items: $items, note: "看过录像") {
  ... on DoorOpeningDecidePayload { doorOpening { id } } ... on DomainError { code } } }`;
const CLAIMS = `query ($merchantId: ID!) { afterSales(merchantId: $merchantId, states: [REQUESTED], first: 100) { nodes { id reason } } }`;
const AGREE = `mutation ($id: ID!) { afterSaleApprove(id: $id) { ... on AfterSaleApprovePayload { afterSale { id } } ... on DomainError { code } } }`;

interface Review {
  readonly id: string;
  readonly cabinetId: string;
  readonly trays: readonly { readonly slotCode: string; readonly beforeG: number; readonly afterG: number }[];
}

/** A cabinet with one door that somebody fills and watches, and as whom. */
export interface DoorRoute {
  readonly cabinet: SimulatedCabinet;
  readonly kind: WeighingCabinet;
  readonly operatorId: string;
  readonly token: () => string;
}

/** Whoever runs cabinets with one door: fills trays, puts back what stands where it does not belong, says what was taken where the weights do not, and answers whoever says that they took less. */
export class DoorKeepers {
  constructor(
    private readonly doors: Doors,
    private readonly routes: readonly DoorRoute[],
    private readonly random: Random,
    private readonly outcomes: Outcomes,
  ) {}

  /** One visit to one of them. Comes to an end whatever happens. */
  async visit(): Promise<void> {
    if (this.routes.length === 0) return;
    const route = this.random.pick(this.routes);
    await this.quietly(async () => {
      await this.serve(route);
      await this.answer(route);
    });
  }

  /** When nobody comes any more: all that waits for a person. */
  async settleUp(): Promise<void> {
    const desks = new Map(this.routes.map((route) => [route.operatorId, route]));
    for (const route of desks.values()) await this.quietly(() => this.answer(route));
  }

  private async quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      tell(this.outcomes, faultOf(error));
    }
  }

  /** Not while somebody has the door open; and it opens for nobody meanwhile. */
  private async serve(route: DoorRoute): Promise<void> {
    const { kind } = route;
    const { device } = route.cabinet;
    if (kind.isServed || device.isDoorOpen) return;
    await atOpenDoor(device, kind, async () => {
      kind.tidy();
      await this.fill(route, device.identity.cabinetId);
    });
  }

  private async fill({ kind, token }: DoorRoute, cabinetId: string): Promise<void> {
    const { slots = [], shelf = [] } = await this.doors.ask<Seen>('merchant', token(), SEE, {
      id: cabinetId,
    });
    if (slots.some(({ locks }) => locks.some(({ reason }) => reason === 'TEMPERATURE')))
      await this.act('goods decided', token(), DECIDE, { cabinetId });
    for (const good of kind.goods) {
      const seen = shelf.find(({ code, variantId }) => code === good.code && variantId === good.variantId);
      const quantity = seen?.missingUnits ?? 0;
      if (quantity === 0 || good.batchId === null) continue;
      const variables = { cabinetId, slotCode: good.code, batchId: good.batchId, quantity };
      const isDone = await this.act('filled', token(), FILL, { ...variables, causeKey: randomUUID() });
      if (isDone) kind.put(good, quantity);
    }
  }

  private async answer({ operatorId, token }: DoorRoute): Promise<void> {
    const asked = { merchantId: operatorId };
    const { nodes = [] } = await this.doors.ask<{ nodes: Review[] }>('merchant', token(), REVIEWS, asked);
    for (const review of nodes) await this.decide(review, token());
    const claims = await this.doors.ask<{ nodes: { id: string; reason: string }[] }>(
      'merchant',
      token(),
      CLAIMS,
      asked,
    );
    // Other cases are none of theirs.
    for (const { id, reason } of claims.nodes ?? [])
      if (reason === 'NOT_TAKEN') await this.act('claim agreed to', token(), AGREE, { id });
  }

  /** By the pictures, as of the place where each belongs. */
  private async decide({ id, cabinetId, trays }: Review, token: string): Promise<void> {
    const route = this.routes.find(({ cabinet }) => cabinet.device.identity.cabinetId === cabinetId);
    if (!route) return;
    const { kind } = route;
    const taken = kind.seenOn(trays.map(({ slotCode, ...grams }) => ({ slot: slotCode, ...grams })));
    const items = kind.goods.flatMap((good) => {
      const quantity = taken.get(standsAt(good)) ?? 0;
      return quantity > 0 ? [{ slotCode: good.code, variantId: good.variantId, quantity }] : [];
    });
    await this.act('opening decided', token, SAY, { openingId: id, items });
  }

  private async act(what: string, token: string, query: string, variables: object): Promise<boolean> {
    const { code } = await this.doors.ask('merchant', token, query, variables);
    tell(this.outcomes, code ?? what);
    return code === undefined;
  }
}
