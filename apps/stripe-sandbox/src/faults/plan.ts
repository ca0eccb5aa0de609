import { SeededRandom } from './random.js';

/** When a rule applies among the calls it matches; without any of these, always. */
interface Occasion {
  /** Counted from 1. */
  readonly nth?: number | readonly number[];
  readonly every?: number;
  readonly probability?: number;
  /** At most this often. */
  readonly times?: number;
}

export type RequestFault =
  | { readonly fault: 'error'; readonly status: 400 | 429 | 500 | 503; readonly executed?: boolean }
  | { readonly fault: 'delay'; readonly ms: number }
  | { readonly fault: 'drop_before' }
  | { readonly fault: 'drop_after' }
  | { readonly fault: 'truncate' }
  | { readonly fault: 'lock' };

export type WebhookFault =
  | { readonly fault: 'drop' }
  | { readonly fault: 'duplicate'; readonly copies: number }
  | { readonly fault: 'delay'; readonly seconds: number }
  | { readonly fault: 'reorder'; readonly window: number; readonly holdMs?: number }
  | { readonly fault: 'bad_signature' }
  | { readonly fault: 'stale_timestamp'; readonly seconds: number }
  | { readonly fault: 'old_snapshot' }
  | { readonly fault: 'second_event' };

/** `POST /v1/refunds`, `GET /v1/payment_intents/:id`, `POST *`: method, then path; `:name` is any one part. */
export type RequestRule = RequestFault & Occasion & { readonly route: string };
/** `payment_intent.succeeded`, `payment_intent.*`, `*`. */
export type WebhookRule = WebhookFault & Occasion & { readonly type: string };

export interface FaultPlan {
  readonly seed: number;
  readonly requests: readonly RequestRule[];
  readonly webhooks: readonly WebhookRule[];
}

export const NO_FAULTS: FaultPlan = { seed: 1, requests: [], webhooks: [] };

/** Thrown at whoever hands in a plan that says nothing the sandbox can do. */
export class BadPlan extends Error {}

const REQUEST_FAULTS = ['error', 'delay', 'drop_before', 'drop_after', 'truncate', 'lock'];
const WEBHOOK_FAULTS = [
  'drop',
  'duplicate',
  'delay',
  'reorder',
  'bad_signature',
  'stale_timestamp',
  'old_snapshot',
  'second_event',
];

interface Counter {
  matches: number;
  hits: number;
}

/** Decides, call by call, what goes wrong. The same plan and the same calls go wrong in the same way. */
export class Faults {
  #plan = NO_FAULTS;
  #random = new SeededRandom(NO_FAULTS.seed);
  #counters = new Map<object, Counter>();

  get plan(): FaultPlan {
    return this.#plan;
  }

  get random(): SeededRandom {
    return this.#random;
  }

  /** Replaces the plan and starts counting anew. */
  use(plan: FaultPlan): void {
    refusePlan(plan);
    this.#plan = plan;
    this.#random = new SeededRandom(plan.seed);
    this.#counters = new Map();
  }

  forRequest(method: string, path: string): RequestFault | null {
    return this.#first(this.#plan.requests, (rule) => matchesRoute(rule.route, method, path));
  }

  forEvent(type: string): WebhookFault | null {
    return this.#first(this.#plan.webhooks, (rule) => matchesType(rule.type, type));
  }

  /** Every matching rule counts the call, the first whose occasion it is decides. */
  #first<T extends Occasion>(rules: readonly T[], matches: (rule: T) => boolean): T | null {
    let chosen: T | null = null;
    for (const rule of rules.filter(matches)) {
      const counter = this.#counters.get(rule) ?? { matches: 0, hits: 0 };
      this.#counters.set(rule, counter);
      counter.matches += 1;
      if (chosen !== null || !this.#isOccasion(rule, counter)) continue;
      counter.hits += 1;
      chosen = rule;
    }
    return chosen;
  }

  #isOccasion({ nth, every, probability, times }: Occasion, counter: Counter): boolean {
    if (times !== undefined && counter.hits >= times) return false;
    if (nth !== undefined && ![nth].flat().includes(counter.matches)) return false;
    if (every !== undefined && counter.matches % every !== 0) return false;
    return probability === undefined || this.#random.next() < probability;
  }
}

function matchesRoute(route: string, method: string, path: string): boolean {
  const [wantedMethod, wantedPath = '*'] = route.split(' ');
  if (wantedMethod !== '*' && wantedMethod !== method) return false;
  if (wantedPath === '*') return true;
  const wanted = wantedPath.split('/');
  const parts = path.split('/');
  return (
    wanted.length === parts.length &&
    wanted.every((part, index) => part.startsWith(':') || part === parts[index])
  );
}

function matchesType(wanted: string, type: string): boolean {
  if (wanted === '*') return true;
  return wanted.endsWith('.*') ? type.startsWith(wanted.slice(0, -1)) : wanted === type;
}

function refusePlan({ seed, requests, webhooks }: FaultPlan): void {
  if (!Number.isSafeInteger(seed)) throw new BadPlan('seed must be a whole number');
  for (const rule of requests) {
    if (!REQUEST_FAULTS.includes(rule.fault)) throw new BadPlan(`unknown request fault: ${rule.fault}`);
    if (!/^(\*|GET|POST|DELETE) (\*|\/\S+)$/.test(rule.route))
      throw new BadPlan(`not a route: ${rule.route}`);
    if (rule.fault === 'error' && ![400, 429, 500, 503].includes(rule.status))
      throw new BadPlan('status: 400, 429, 500 or 503');
    if (rule.fault === 'delay' && !(rule.ms >= 0)) throw new BadPlan('delay needs ms');
  }
  for (const rule of webhooks) {
    if (!WEBHOOK_FAULTS.includes(rule.fault)) throw new BadPlan(`unknown webhook fault: ${rule.fault}`);
    if (typeof rule.type !== 'string') throw new BadPlan('a webhook rule needs a type, or *');
    if (rule.fault === 'duplicate' && !(rule.copies >= 2))
      throw new BadPlan('duplicate needs copies, 2 or more');
    if (rule.fault === 'reorder' && !(rule.window >= 2))
      throw new BadPlan('reorder needs a window of 2 or more');
    const needsSeconds = rule.fault === 'delay' || rule.fault === 'stale_timestamp';
    if (needsSeconds && !(rule.seconds > 0)) throw new BadPlan(`${rule.fault} needs seconds`);
  }
}
