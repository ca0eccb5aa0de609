import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '#libs/kernel';
import { AccessTokens } from '#platform/auth';
import { Random } from '../data/random.js';
import { Device, type Identity } from './device.js';
import { type Door, Doors } from './doors.js';
import { Gate } from './gate.js';
import { kindOf } from './kinds/kinds.js';
import { SlotCabinet } from './kinds/slot-cabinet.js';
import { WeighingCabinet } from './kinds/weighing-cabinet.js';
import { Buyers, type Mood } from './people/buyer.js';
import { Counterfeit } from './people/counterfeit.js';
import { DoorKeepers, type DoorRoute } from './people/door-keeper.js';
import { type CellRoute, Fetchers } from './people/fetcher.js';
import { Operators, type Route } from './people/operator.js';
import { Takers } from './people/taker.js';
import type { Provisioned } from './provision.js';
import { SimulatedCabinet } from './simulated-cabinet.js';
import type { Temper } from './temper.js';

export interface TownPlan {
  readonly seed: string;
  readonly temper: Temper;
  readonly mqttUrl: string;
  readonly urls: Readonly<Record<Door, string>>;
  readonly authSecret: string;
  /** Mean seconds between two buyers, two visits of operators, two tries of a counterfeit; 0 for none. */
  readonly buyerEveryS: number;
  readonly visitEveryS: number;
  readonly counterfeitEveryS: number;
  /** Mean seconds between two who order what they fetch from a cell; 0 for none. */
  readonly fetchEveryS: number;
  /** What buyers do who buy by the slot; null for everything. */
  readonly moods: readonly Mood[] | null;
  /** A cabinet that somebody has taken home. */
  readonly stolen: Identity | null;
}

/** So many buyers at once: more would stand in line, as in front of cabinets. */
const BUYERS_MAX = 200;
const TURN_MS = 100;
const SETTLE_EVERY_MS = 1_000;
/** Cabinets that come in at once: enough that the broker has always some before it. */
const COMING_IN_MAX = 32;

/** Cabinets, whoever buys at them, whoever runs them, and somebody who should not be there: all of it from one seed. */
export class Town {
  readonly cabinets: readonly SimulatedCabinet[];
  readonly buyers: Buyers;
  /** Who has a door opened. */
  readonly takers: Takers;
  /** Who fetches parcels from cells. */
  readonly fetchers: Fetchers;
  readonly operators: Operators;
  readonly counterfeit: Counterfeit;
  /** Cabinets that hand out what is bought, and what really lies in them. */
  readonly routes: readonly Route[];
  /** Cabinets with one door, likewise. */
  readonly doorRoutes: readonly DoorRoute[];
  private readonly keepers: DoorKeepers;
  private readonly shops: readonly SimulatedCabinet[];
  private readonly chance: Random;
  private running: Promise<unknown> = Promise.resolve();
  private readonly over = new AbortController();

  constructor(
    private readonly plan: TownPlan,
    provisioned: readonly Provisioned[],
  ) {
    const { seed, temper, mqttUrl } = plan;
    const tokens = new AccessTokens(plan.authSecret);
    const routes: Route[] = [];
    const doorRoutes: DoorRoute[] = [];
    const cellRoutes: CellRoute[] = [];
    const gate = new Gate(COMING_IN_MAX);
    this.cabinets = provisioned.map(
      ({ model, operatorId, memory, shelf, trays, parcels: goods, ...identity }, index) => {
        const device = Object.assign(new Device(identity, mqttUrl), memory);
        const chance = (of: string) => new Random(`${seed}:${index}:${of}`);
        const updates = chance('updates');
        device.updateFails = () => updates.percent(temper.updateFailsPercent);
        const kind = kindOf(model, device, { shelf, trays }, temper, chance);
        const cabinet = new SimulatedCabinet(device, kind, temper, chance('life'), chance('line'), gate);
        const grant = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: operatorId } as const;
        const token = () => tokens.sign({ userId: newId('usr'), sessionId: newId('ses'), grants: [grant] });
        if (kind instanceof SlotCabinet) routes.push({ cabinet, slots: kind, shelf, token });
        if (kind instanceof WeighingCabinet) doorRoutes.push({ cabinet, kind, operatorId, token });
        const { channelPointId } = identity;
        if (model === 'LOCKER') cellRoutes.push({ cabinet, channelPointId, operatorId, goods, token });
        return cabinet;
      },
    );
    this.routes = routes;
    this.doorRoutes = doorRoutes;
    this.shops = this.cabinets.filter(({ kind }) => kind.sells !== null);
    this.chance = new Random(`${seed}:town`);
    const doors = new Doors(plan.urls);
    this.buyers = new Buyers(doors, new Random(`${seed}:buyers`), plan.moods);
    const newcomer = () => {
      const userId = newId('usr');
      return { token: () => tokens.sign({ userId, sessionId: newId('ses'), grants: [] }) };
    };
    this.takers = new Takers(doors, new Random(`${seed}:takers`), newcomer);
    this.fetchers = new Fetchers(doors, cellRoutes, new Random(`${seed}:fetchers`), newcomer);
    this.operators = new Operators(doors, routes, new Random(`${seed}:operators`));
    const { outcomes } = this.operators;
    this.keepers = new DoorKeepers(doors, doorRoutes, new Random(`${seed}:keepers`), outcomes);
    const victims = this.cabinets.map(({ device }) => device.identity);
    this.counterfeit = new Counterfeit(mqttUrl, victims, new Random(`${seed}:counterfeit`), plan.stolen);
  }

  /** What a buyer can scan now, at a cabinet with slots; empty where no screen shows anything. */
  get code(): string {
    const shows = ({ kind, device }: SimulatedCabinet) =>
      kind.sells === 'BY_SLOT' && device.isConnected && device.code !== '';
    return this.shops.find(shows)?.device.code ?? '';
  }

  get numbers() {
    const sum = (of: (cabinet: SimulatedCabinet) => number) =>
      this.cabinets.reduce((total, one) => total + of(one), 0);
    return {
      connected: sum(({ device }) => Number(device.isConnected)),
      said: sum(({ said }) => said),
      waiting: sum(({ device }) => device.outbox.length),
      soldUnits: sum(({ device }) => device.soldUnits),
      soldFen: sum(({ device }) => device.soldFen),
    };
  }

  /** Cabinets are switched on. */
  open(): void {
    setMaxListeners(0, this.over.signal); // Each cabinet listens while it rests.
    this.running = Promise.all(this.cabinets.map((cabinet) => cabinet.run(this.over.signal)));
  }

  /** People come and go until it is over; resolves when the last of them has gone. */
  async live(isOver: () => boolean): Promise<void> {
    const { buyerEveryS, visitEveryS, counterfeitEveryS, fetchEveryS } = this.plan;
    const { shops, chance } = this;
    const buy = async () => {
      if (shops.length === 0) return;
      const shop = chance.pick(shops);
      await (shop.kind.sells === 'BY_DOOR' ? this.takers : this.buyers).visit(shop);
    };
    // As many go to each kind as there are of it.
    const rounds = new Random(`${this.plan.seed}:rounds`);
    const { length: all } = [...this.routes, ...this.doorRoutes];
    const serve = () =>
      rounds.between(1, Math.max(1, all)) <= this.doorRoutes.length
        ? this.keepers.visit()
        : this.operators.visit();
    await Promise.all([
      crowd(isOver, buyerEveryS, new Random(`${this.plan.seed}:arrivals`), buy),
      crowd(isOver, visitEveryS, new Random(`${this.plan.seed}:visits`), serve),
      crowd(isOver, fetchEveryS, new Random(`${this.plan.seed}:parcels`), () => this.fetchers.visit()),
      crowd(isOver, counterfeitEveryS, new Random(`${this.plan.seed}:tries`), () => this.counterfeit.try()),
    ]);
  }

  /** When nobody comes any more: whoever has left something behind at a door sees to it, until nothing is open. */
  async settleUp(isOver: () => boolean): Promise<void> {
    if (this.doorRoutes.length === 0) return;
    for (let isDone = false; !isDone && !isOver();) {
      await this.keepers.settleUp();
      isDone = await this.takers.settleUp();
      if (!isDone) await sleep(SETTLE_EVERY_MS);
    }
    await this.keepers.settleUp(); // What was disputed last.
  }

  /** Nothing further happens to the cabinets; all of them are there. */
  calm(): void {
    for (const cabinet of this.cabinets) cabinet.calm();
  }

  /** Every cabinet tells its totals, says what waits, and is switched off. */
  async shut(): Promise<void> {
    this.over.abort();
    await this.running;
  }
}

/** One after the other begins, whether those before have ended or not. */
async function crowd(
  isOver: () => boolean,
  everyS: number,
  random: Random,
  work: () => Promise<void>,
): Promise<void> {
  if (everyS <= 0) return;
  const here = new Set<Promise<void>>();
  let nextMs = performance.now() + random.between(0, Math.round(everyS * 1_000));
  while (!isOver()) {
    while (performance.now() >= nextMs && here.size < BUYERS_MAX) {
      nextMs += random.between(0, Math.round(everyS * 2_000));
      const one = work().finally(() => here.delete(one));
      here.add(one);
    }
    await sleep(TURN_MS);
  }
  await Promise.all(here);
}
