import { type Fen, type IdOf, NotFound, assert, newId } from '#libs/kernel';
import { Random } from '../../scripts/data/random.js';
import { MISHAPS, isMishap } from './faults.js';
import { ALWAYS, firstBroken } from './invariants.js';
import { type Line, ModelProvider } from './model-provider.js';
import { BankModel } from './model-bank.js';
import type { Stage } from './stage.js';

export interface PlacedOrder {
  readonly orderId: string;
  readonly buyerId: IdOf<'usr'>;
}

/** What a unit has sent to our bank, or somebody believes it has. */
export interface Receipt {
  readonly unitId: string;
  readonly reference: string;
  readonly amountFen: Fen;
  readonly receivedOn: string;
}

/** One thing that happens: a person's act, a word of the provider's, a round of the clockwork, a misfortune. */
export type Step = (history: History, chance: Random) => Promise<void>;

/** How often, beside the others. */
export type Steps = Readonly<Record<string, { readonly weight: number; readonly step: Step }>>;

/** A rule was broken, or something failed that must not. */
export class Broken extends Error {
  constructor(
    readonly at: number,
    readonly rule: string,
    readonly told: readonly string[],
  ) {
    super(rule);
  }
}

export interface Plan {
  readonly seed: number;
  readonly steps: number;
  /** Only these steps of it; null for all. What a step does depends on the seed and its number alone, and on what it finds. */
  readonly only: readonly number[] | null;
}

const BUYERS = 3;
/** A step in so many of a hundred is struck by something. */
const MISHAP_PERCENT = 16;
const BAD_LINE_PERCENT = 12;
/** Swarm testing: each history likes some kinds of steps and avoids others, so that it gets further in what it likes. */
const TASTES = [0.25, 1, 1, 1, 3];
const START = new Date('2026-11-02T02:00:00.000Z');

export class History {
  readonly provider = new ModelProvider(START);
  readonly bank = new BankModel();
  readonly buyers: readonly IdOf<'usr'>[] = Array.from({ length: BUYERS }, () => newId('usr'));
  readonly maker = newId('usr');
  readonly checkers = [newId('usr'), newId('usr')] as const;
  readonly orders: PlacedOrder[] = [];
  /** What was asked for under a key, to be asked again. */
  readonly asked: (() => Promise<void>)[] = [];
  readonly tries = new Map<string, number>();
  readonly delivered = new Set<string>();
  readonly told: string[] = [];
  /** Between our bank and the provider, to whom the amount goes. */
  readonly moves: { readonly id: string; readonly amountFen: Fen }[] = [];
  readonly receipts: Receipt[] = [];
  readonly mistakes: Receipt[] = [];
  /** What buyers have photographed. */
  readonly photos = new Map<string, IdOf<'fil'>[]>();
  /** By how much our clock is wrong. */
  skewMs = 0;
  private isNested = false;
  private readonly menu: readonly { readonly name: string; readonly step: Step; readonly upTo: number }[];

  constructor(
    readonly stage: Stage,
    private readonly plan: Plan,
    steps: Steps,
  ) {
    const taste = new Random(`${plan.seed}/taste`);
    let upTo = 0;
    this.menu = Object.entries(steps).map(([name, { weight, step }]) => {
      upTo += Math.max(1, Math.round(weight * 4 * taste.pick(TASTES)));
      return { name, step, upTo };
    });
    stage.gateway.provider = this.provider;
    this.keepTime();
  }

  async live(): Promise<void> {
    for (let at = 0; at < this.plan.steps; at += 1) {
      if (this.plan.only && !this.plan.only.includes(at)) continue;
      const chance = new Random(`${this.plan.seed}/${at}`);
      const before = this.stage.faults.transactions;
      try {
        await this.take(chance);
      } catch (error) {
        const rule = error instanceof Error ? (error.stack ?? error.message) : String(error);
        throw new Broken(at, rule, this.told);
      }
      if (this.stage.faults.transactions === before) continue;
      const broken = await firstBroken(this.stage.database, ALWAYS);
      if (broken) throw new Broken(at, broken, this.told);
    }
  }

  get<T>(type: Parameters<Stage['get']>[0] & (abstract new (...args: never[]) => T)): T {
    return this.stage.get<T>(type);
  }

  tell(what: string): void {
    this.told.push(`${this.isNested ? '    meanwhile: ' : ''}${what}`);
  }

  /** True time goes on, for the provider and for us. */
  advance(milliseconds: number): void {
    this.provider.now = new Date(this.provider.now.getTime() + milliseconds);
    this.keepTime();
  }

  /** From now on our clock is wrong by so much. */
  skew(milliseconds: number): void {
    this.skewMs = milliseconds;
    this.keepTime();
  }

  rows<Row>(sql: string, values: readonly (string | number)[] = []): Promise<Row[]> {
    return this.stage.database.query<Row>(sql, values);
  }

  /** No misfortune from here on. */
  calm(): void {
    this.stage.faults.revive();
    this.provider.line = () => 'GOOD';
    this.provider.meanwhile = () => Promise.resolve();
    this.stage.gateway.isAsync = () => false;
  }

  private keepTime(): void {
    this.stage.clock.set(new Date(this.provider.now.getTime() + this.skewMs).toISOString());
  }

  private async take(chance: Random): Promise<void> {
    const { faults, gateway } = this.stage;
    this.advance(chance.between(1, 20) * 1_000);
    const isStruck = chance.percent(MISHAP_PERCENT);
    const fate = { nth: chance.between(1, 3), mishap: chance.pick(MISHAPS) };
    const lines: readonly Line[] = ['LOST_ASKING', 'LOST_ANSWERING', 'DEAD_AFTER'];
    const line = chance.percent(BAD_LINE_PERCENT) ? chance.pick(lines) : 'GOOD';
    const isSlow = chance.percent(BAD_LINE_PERCENT);
    const isAsync = chance.percent(40);
    const { name, step } = this.draw(chance);
    const aside = () => this.aside(chance);
    faults.arm(isStruck ? fate : null, aside);
    this.provider.line = () => line;
    this.provider.die = () => faults.die('after asking the provider');
    this.provider.meanwhile = () => (isSlow ? aside() : Promise.resolve());
    gateway.isAsync = () => isAsync;
    const struck = isStruck ? ` (${fate.mishap} ${fate.nth})` : '';
    this.tell(`${name}${struck}${line === 'GOOD' ? '' : ` (${line})`}`);
    try {
      await step(this, chance);
    } catch (error) {
      if (!isMishap(error)) throw error;
      this.tell(`    died ${error instanceof Error ? error.message : ''}`);
    } finally {
      faults.revive();
    }
  }

  /** Something else, whole, while the first waits between two transactions or for the provider. */
  private async aside(chance: Random): Promise<void> {
    if (this.isNested) return;
    this.isNested = true;
    const { meanwhile, line } = this.provider;
    this.provider.line = () => 'GOOD';
    try {
      const { name, step } = this.draw(chance);
      this.tell(name);
      await step(this, chance);
    } finally {
      this.isNested = false;
      Object.assign(this.provider, { meanwhile, line });
    }
  }

  private draw(chance: Random) {
    const last = this.menu.at(-1);
    assert(last, 'there are steps');
    const at = chance.between(0, last.upTo - 1);
    return this.menu.find(({ upTo }) => at < upTo) ?? last;
  }
}

/** NotFound is an answer here: what a person looks for may be somebody else's by now. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
