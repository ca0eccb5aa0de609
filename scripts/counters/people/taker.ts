import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../data/random.js';
import type { Answer, Doors } from '../doors.js';
import type { SimulatedCabinet } from '../simulated-cabinet.js';
import { LOOK_MS, type Outcomes, faultOf, moodOf, payFor, scan, tell } from './steps.js';

const OPENING = 'doorOpening { id state action { url } order { id merchantOrders { lines { id } } } }';
const START = `mutation ($visit: String!, $key: ID!) { doorOpeningStart(visit: $visit, idempotencyKey: $key) {
  ... on DoorOpeningStartPayload { ${OPENING} } ... on DoorDebtUnpaidError { orderId } ... on DomainError { code } } }`;
const OPEN = `mutation ($visit: String!, $id: ID!) { doorOpen(visit: $visit, openingId: $id) {
  ... on DoorOpenPayload { ${OPENING} } ... on DomainError { code } } }`;
const CANCEL = `mutation ($id: ID!) { doorOpeningCancel(openingId: $id) { ... on DoorOpeningCancelPayload { ${OPENING} } } }`;
const SHOW = `query ($id: ID!) { ${OPENING.replace('doorOpening', 'doorOpening(id: $id)')} }`;
const ALL = `query { doorOpenings(first: 100) { nodes { id state order { id } } } }`;
const DISPUTE = `mutation ($input: AfterSaleOpenInput!) { afterSaleOpen(input: $input) {
  ... on AfterSaleOpenPayload { afterSale { id } } ... on DomainError { code } } }`;

/** Whoever stands before a door waits for so long until their bank has answered, and until the bill is there. */
const READY_MS = 20_000;
const STANDS_MS = 60_000;

type Mood = 'TAKES' | 'CALLS_OFF' | 'WALKS_AWAY' | 'DISPUTES' | 'LOOKS';

/** Of a hundred who come. */
const MOODS: readonly (readonly [Mood, number])[] = [
  ['TAKES', 74],
  ['DISPUTES', 10],
  ['CALLS_OFF', 6],
  ['WALKS_AWAY', 4],
  ['LOOKS', 6],
];

interface Opening {
  readonly id: string;
  readonly state: string;
  readonly action: { readonly url: string } | null;
  readonly order: {
    readonly id: string;
    readonly merchantOrders: readonly { readonly lines: readonly { readonly id: string }[] }[];
  } | null;
}

/** Somebody who is signed in: their door opens for nobody else, and what they owe they owe. */
export interface Person {
  readonly token: () => string;
}

const WAITS_FOR_BANK = ['AWAITING_HOLD'];
const WAITS_FOR_BILL = ['READY', 'OPENING', 'OPEN', 'BILLING', 'BILLED'];

const isUnbilled = ({ state }: Opening) => WAITS_FOR_BILL.includes(state);

/** People before cabinets with one door: they scan, have their bank keep money ready, open, take, shut, and are billed; some think better of it, some say that they took less, some owe. */
export class Takers {
  readonly outcomes: Outcomes = new Map();
  private readonly people: Person[] = [];
  private readonly free: Person[] = [];

  constructor(
    private readonly doors: Doors,
    private readonly random: Random,
    private readonly newcomer: () => Person,
  ) {}

  /** Comes to an end whatever happens; what went wrong is counted. */
  async visit({ device }: SimulatedCabinet): Promise<void> {
    const mood = moodOf(this.random, MOODS);
    const person = this.free.pop() ?? this.arrive();
    const outcome = await this.try(person, device.code, mood).catch(faultOf);
    this.free.push(person);
    tell(this.outcomes, outcome);
  }

  /** When nobody comes any more: whoever has left something behind sees to it. True when nothing of theirs is open. */
  async settleUp(): Promise<boolean> {
    let open = 0;
    for (const { token } of this.people) {
      const { nodes = [] } = await this.doors.ask<{ nodes: Opening[] }>('storefront', token(), ALL, {});
      for (const { id, state, order } of nodes) {
        if (state === 'AWAITING_HOLD' || state === 'READY')
          await this.doors.ask('storefront', token(), CANCEL, { id });
        else if (state === 'DEBT' && order) await this.pay(token(), order.id);
        else if (!WAITS_FOR_BILL.includes(state) && state !== 'REVIEW') continue;
        open += 1;
      }
    }
    return open === 0;
  }

  private arrive(): Person {
    const person = this.newcomer();
    this.people.push(person);
    return person;
  }

  private async try({ token }: Person, code: string, mood: Mood): Promise<string> {
    const scanned = await scan(this.doors, code);
    if (typeof scanned === 'string') return scanned;
    const { visit } = scanned;
    if (mood === 'LOOKS') return 'LOOKED';
    const variables = { visit, key: randomUUID() };
    // Pressed twice, as people do; so below.
    const begun = await this.twice<{ doorOpening: Opening; orderId: string }>(token(), START, variables);
    if (begun.orderId !== undefined) return (await this.pay(token(), begun.orderId)) ? 'DEBT_PAID' : 'OWES';
    if (!begun.doorOpening) return begun.code ?? 'NOTHING';
    const { id } = begun.doorOpening;
    if (mood === 'WALKS_AWAY') return 'WALKED_AWAY';
    const asked = mood === 'CALLS_OFF' ? null : await this.haveKeptReady(token(), id);
    if (asked?.state !== 'READY') {
      await this.doors.ask('storefront', token(), CANCEL, { id });
      return mood === 'CALLS_OFF' ? 'CALLED_OFF' : 'NOT_READY';
    }
    const opened = await this.twice<{ doorOpening: Opening }>(token(), OPEN, { visit, id });
    if (!opened.doorOpening) {
      await this.doors.ask('storefront', token(), CANCEL, { id });
      return opened.code ?? 'NOTHING';
    }
    return this.see(token(), await this.until(token(), id, isUnbilled, STANDS_MS), mood);
  }

  /** Says yes at the bank's page, as soon as there is one, and waits for what becomes of it. */
  private async haveKeptReady(token: string, id: string): Promise<Opening> {
    const isNoPage = ({ state, action }: Opening) => WAITS_FOR_BANK.includes(state) && action === null;
    const shown = await this.until(token, id, isNoPage, READY_MS);
    if (shown.action === null || !(await this.doors.pay(shown.action.url))) return shown;
    return this.until(token, id, ({ state }) => WAITS_FOR_BANK.includes(state), READY_MS);
  }

  /** The bill. */
  private async see(token: string, { state, order }: Opening, mood: Mood): Promise<string> {
    if (state === 'DEBT' && order) return (await this.pay(token, order.id)) ? 'DEBT_PAID' : 'OWES';
    if (WAITS_FOR_BILL.includes(state)) return 'GONE_MEANWHILE';
    const orderLineId = order?.merchantOrders[0]?.lines[0]?.id;
    if (state !== 'PAID' || mood !== 'DISPUTES' || orderLineId === undefined) return state;
    const ask = { orderLineId, kind: 'REFUND_ONLY', reason: 'NOT_TAKEN', quantity: 1 };
    const input = { idempotencyKey: randomUUID(), ask, text: '账单多算了一件', photos: [] };
    const { code } = await this.doors.ask('storefront', token, DISPUTE, { input });
    return code ?? 'DISPUTED';
  }

  private async until(
    token: string,
    id: string,
    isWaiting: (shown: Opening) => boolean,
    patienceMs: number,
  ): Promise<Opening> {
    for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
      const shown = (await this.doors.ask<Opening>('storefront', token, SHOW, { id })) as Opening;
      if (!isWaiting(shown) || waitedMs >= patienceMs) return shown;
      await sleep(LOOK_MS);
    }
  }

  private async pay(token: string, orderId: string): Promise<boolean> {
    return (await payFor(this.doors, token, orderId)) === 'PAID';
  }

  /** Whichever was done counts: what comes second may come when it is over already. */
  private async twice<T>(token: string, query: string, variables: object): Promise<Answer<T>> {
    const press = () => this.doors.ask<T>('storefront', token, query, variables);
    const [first, second] = await Promise.all([press(), press()]);
    return first.code === undefined ? first : second;
  }
}
