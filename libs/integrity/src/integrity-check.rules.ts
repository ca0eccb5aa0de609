import { DAY_MS, HOUR_MS, MINUTE_MS, type Fen, businessDay, sumFen } from '#libs/kernel';
import type { SaleFact } from '#libs/volume';
import type { IntegrityRule, Severity } from './integrity-flag.entity.js';

/** What a check suspects. Found again, the same subject is the same flag with newer numbers and more facts. */
export interface Finding {
  readonly rule: IntegrityRule;
  readonly subject: string;
  readonly severity: Severity;
  readonly merchantId: string;
  readonly countyCode: string;
  readonly numbers: Readonly<Record<string, string>>;
  readonly facts: readonly Pick<SaleFact, 'id' | 'eventDay'>[];
}

export type Thresholds = (rule: IntegrityRule, name: string) => number;

export interface Capacity {
  readonly villageCode: string;
  readonly productId: string;
  readonly seasonFrom: string;
  readonly seasonTo: string;
  readonly capacityG: bigint;
  /** In the season, returns taken off. */
  readonly soldG: bigint;
}

/** How long a counter was meant to sell and could not be reached. */
export interface CounterSpan {
  readonly counterId: string;
  readonly day: string;
  readonly operatingMinutes: number;
  readonly offlineMinutes: number;
}

/** A flag that somebody has decided, and whether nothing was wrong. */
export interface DecidedFlag {
  readonly flagId: string;
  readonly isCleared: boolean;
}

/** The bounded set that one round looks at: new facts, and what lies around them. */
export interface Sight {
  readonly fresh: readonly SaleFact[];
  /** Merchants that the owner of a key works for. */
  readonly merchantsOfBuyer: ReadonlyMap<string, ReadonlySet<string>>;
  /** What people have bought of their own merchants, in the months of what is new. */
  readonly selfSales: readonly SaleFact[];
  /** By fact of these, what has been decided about it. */
  readonly decided: ReadonlyMap<string, DecidedFlag>;
  /** Sales of buyers who work for a merchant themselves. */
  readonly tradeSales: readonly SaleFact[];
  readonly periodEnds: readonly SaleFact[];
  readonly sameAddress: readonly SaleFact[];
  /** The latest sales from villages that have sold too much. */
  readonly ofVillages: readonly SaleFact[];
  readonly capacities: readonly Capacity[];
  readonly ofCounters: readonly SaleFact[];
  readonly counterSpans: readonly CounterSpan[];
  readonly nights: readonly SaleFact[];
  /** Sales of ours, each with the line by which a partner had told of it before. */
  readonly toldBefore: readonly { readonly own: SaleFact; readonly told: readonly SaleFact[] }[];
}

/** Basis points of one. */
const BASIS = 10_000n;
const QUARTERS = 4n;

function groups<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group) group.push(item);
    else found.set(key, [item]);
  }
  return found;
}

function recognised(facts: readonly SaleFact[]): Fen {
  return sumFen(facts.map(({ recognisedFen }) => recognisedFen));
}

function monthOf(day: string): string {
  return day.slice(0, 7);
}

function finding(
  rule: IntegrityRule,
  subject: string,
  severity: Severity,
  facts: readonly SaleFact[],
  numbers: Record<string, bigint | number | string>,
): Finding {
  const [first] = facts;
  return {
    rule,
    subject,
    severity,
    merchantId: first?.merchantId ?? '',
    countyCode: first?.sellerCountyCode || first?.originCountyCode || '',
    numbers: Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)])),
    facts: facts.map(({ id, eventDay }) => ({ id, eventDay })),
  };
}

/**
 * The buyer works for the seller. A month's purchases count together, however small each is. What has been decided is not suspected again;
 * what is bought afterwards is, once it comes to a quarter of what was found to be nothing wrong: a dismissal is no licence for the rest of
 * the month.
 */
export function selfPurchases({ fresh, selfSales, decided }: Sight, threshold: Thresholds): Finding[] {
  const minFen = threshold('SELF_PURCHASE', 'minFen');
  const keyOf = (fact: SaleFact) => `${fact.merchantId}:${fact.buyerKey}:${monthOf(fact.eventDay)}`;
  const moved = new Set(fresh.map(keyOf));
  return [...groups(selfSales, keyOf)].flatMap(([key, all]) => {
    const facts = all.filter(({ id }) => !decided.has(id));
    const cleared = all.filter(({ id }) => decided.get(id)?.isCleared === true);
    const [fen, clearedFen] = [recognised(facts), recognised(cleared)];
    if (!moved.has(key) || fen < BigInt(minFen) || fen * QUARTERS < clearedFen) return [];
    const flags = new Set(all.flatMap(({ id }) => decided.get(id)?.flagId ?? [])).size;
    const subject = flags === 0 ? key : `${key}:${flags + 1}`;
    return [finding('SELF_PURCHASE', subject, 'SERIOUS', facts, { fen, sales: facts.length, minFen })];
  });
}

interface Edge {
  readonly fact: SaleFact;
  /** Whose people buy. */
  readonly buyer: string;
  readonly seller: string;
}

/** Merchants of one ring; longer ones are rare, and every step makes the search wider. */
const RING_LENGTH_MAX = 4;
/** Steps of one search. What is not found in them is found when the next sale closes it. */
const RING_STEPS_MAX = 20_000;

/** Circles in which each merchant's people buy from the next, each told once: it begins with its smallest id. */
export function circlesOf(edges: readonly Pick<Edge, 'buyer' | 'seller'>[]): string[][] {
  const next = new Map(
    [...groups(edges, ({ buyer }) => buyer)].map(([buyer, out]) => [
      buyer,
      [...new Set(out.map(({ seller }) => seller))].toSorted(),
    ]),
  );
  const found: string[][] = [];
  let steps = 0;
  const walk = (path: readonly string[]): void => {
    const [start = '', last = ''] = [path[0], path.at(-1)];
    for (const seller of next.get(last) ?? []) {
      steps += 1;
      if (steps > RING_STEPS_MAX) return;
      if (seller === start && path.length >= 2) found.push([...path]);
      else if (seller > start && path.length < RING_LENGTH_MAX && !path.includes(seller))
        walk([...path, seller]);
    }
  };
  for (const start of [...next.keys()].toSorted()) walk([start]);
  return found;
}

/** People of A buy from B, people of B from C or from A, and so on back to A, each within some days of the next. */
export function rings({ tradeSales, merchantsOfBuyer }: Sight, threshold: Thresholds): Finding[] {
  const [days, minFen] = [threshold('RING', 'days'), threshold('RING', 'minFen')];
  const edges = tradeSales.flatMap((fact): Edge[] =>
    [...(merchantsOfBuyer.get(fact.buyerKey) ?? [])]
      .filter((buyer) => buyer !== fact.merchantId && fact.recognisedFen > 0n)
      .map((buyer) => ({ fact, buyer, seller: fact.merchantId })),
  );
  const isNear = (a: SaleFact, b: SaleFact) =>
    Math.abs(a.eventAt.getTime() - b.eventAt.getTime()) <= days * DAY_MS;
  return circlesOf(edges).flatMap((circle) => {
    const hops = circle.map((buyer, index) => {
      const seller = circle[(index + 1) % circle.length];
      return edges.filter((edge) => edge.buyer === buyer && edge.seller === seller).map(({ fact }) => fact);
    });
    const near = hops.map((hop, index) => {
      const after = hops[(index + 1) % hops.length] ?? [];
      return hop.filter((fact) => after.some((other) => isNear(fact, other)));
    });
    const facts = [...new Set(near.flat())];
    if (near.some((hop) => hop.length === 0) || recognised(facts) < BigInt(minFen)) return [];
    const [month = ''] = facts.map(({ eventDay }) => monthOf(eventDay)).toSorted();
    const numbers = { fen: recognised(facts), sales: facts.length, merchants: circle.length, days, minFen };
    return [finding('RING', `${circle.join(':')}:${month}`, 'SERIOUS', facts, numbers)];
  });
}

/** Bought just before a month ends and given back just after it began. */
export function refundsAfterPeriod({ periodEnds }: Sight, threshold: Thresholds): Finding[] {
  const [days, shareBp, minFen] = ['days', 'shareBp', 'minFen'].map((name) =>
    threshold('REFUND_AFTER_PERIOD', name),
  );
  const findings: Finding[] = [];
  for (const [subject, facts] of groups(
    periodEnds,
    (fact) => `${fact.merchantId}:${monthOf(fact.originDay)}`,
  )) {
    const bought = facts.filter(({ recognisedFen }) => recognisedFen > 0n);
    const back = facts.filter(
      (fact) => fact.recognisedFen < 0n && monthOf(fact.eventDay) > monthOf(fact.originDay),
    );
    const [boughtFen, backFen] = [recognised(bought), 0n - recognised(back)];
    if (back.length === 0 || boughtFen < BigInt(minFen ?? 0)) continue;
    if (backFen * 10_000n < boughtFen * BigInt(shareBp ?? 0)) continue;
    const numbers = { boughtFen, backFen, days: days ?? 0, shareBp: shareBp ?? 0, minFen: minFen ?? 0 };
    findings.push(finding('REFUND_AFTER_PERIOD', subject, 'SERIOUS', [...bought, ...back], numbers));
  }
  return findings;
}

/** Many buyers, one address. */
export function addressClusters({ sameAddress }: Sight, threshold: Thresholds): Finding[] {
  const [min, days] = [threshold('ADDRESS_CLUSTER', 'buyers'), threshold('ADDRESS_CLUSTER', 'days')];
  return [...groups(sameAddress, (fact) => `${fact.merchantId}:${fact.addressKey}`)].flatMap(
    ([key, facts]) => {
      const buyers = new Set(facts.map(({ buyerKey }) => buyerKey)).size;
      const month = monthOf(
        facts
          .map(({ eventDay }) => eventDay)
          .toSorted()
          .at(-1) ?? '',
      );
      const numbers = { buyers, sales: facts.length, fen: recognised(facts), min, days };
      return buyers >= min ? [finding('ADDRESS_CLUSTER', `${key}:${month}`, 'NOTICE', facts, numbers)] : [];
    },
  );
}

/** More was sold than a village grows, and a measuring error besides. */
export function isExceeded({ soldG, capacityG }: Capacity, threshold: Thresholds): boolean {
  return soldG * BASIS > capacityG * BigInt(threshold('CAPACITY_EXCEEDED', 'shareBp'));
}

/**
 * More came from a village than grows there: suspected are the latest sales, as many as are too much. Every further quarter of what
 * grows is another suspicion, so that one which was dismissed is no licence for the rest of the season.
 */
export function capacitiesExceeded({ ofVillages, capacities }: Sight, threshold: Thresholds): Finding[] {
  const shareBp = threshold('CAPACITY_EXCEEDED', 'shareBp');
  return capacities
    .filter((capacity) => isExceeded(capacity, threshold))
    .map(({ villageCode, productId, seasonFrom, seasonTo, capacityG, soldG }) => {
      const latest = ofVillages
        .filter(
          (fact) =>
            fact.originVillageCode === villageCode &&
            fact.productId === productId &&
            fact.recognisedFen > 0n &&
            fact.eventDay >= seasonFrom &&
            fact.eventDay <= seasonTo,
        )
        .toSorted((a, b) => (`${a.eventDay}${a.id}` < `${b.eventDay}${b.id}` ? 1 : -1));
      let excessG = soldG - (capacityG * BigInt(shareBp)) / BASIS;
      const facts = latest.filter(({ weightG }) => {
        const isTooMuch = excessG > 0n;
        excessG -= weightG;
        return isTooMuch;
      });
      const subject = `${villageCode}:${productId}:${seasonFrom}:${(soldG * QUARTERS) / capacityG}`;
      return finding('CAPACITY_EXCEEDED', subject, 'SERIOUS', facts, { soldG, capacityG, shareBp });
    })
    .filter(({ facts }) => facts.length > 0);
}

/** A sale of ours that a partner has told of before: its row was counted when there was nothing yet to compare it with. */
export function duplicateSales({ toldBefore }: Sight): Finding[] {
  return toldBefore.flatMap(({ own, told }) => {
    const [first] = told;
    if (!first) return [];
    const subject = `${first.id}`;
    return [
      finding('DUPLICATE_SALE', subject, 'SERIOUS', told, { fen: recognised(told), ownFen: own.paidFen }),
    ];
  });
}

function hourOf(at: Date): string {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS).toISOString().slice(0, 13);
}

/** A counter sells faster than hands can take, while it cannot be reached, or at a time that is not. */
export function deviceAnomalies(
  { fresh, ofCounters, counterSpans }: Sight,
  threshold: Thresholds,
): Finding[] {
  const sold = ofCounters.filter(({ recognisedFen }) => recognisedFen > 0n);
  const max = threshold('DEVICE_RATE', 'vendsPerHour');
  const rates = [...groups(sold, (fact) => `${fact.channelPointId}:${hourOf(fact.eventAt)}`)]
    .filter(([, facts]) => facts.length > max)
    .map(([subject, facts]) =>
      finding('DEVICE_RATE', subject, 'NOTICE', facts, { vends: facts.length, max }),
    );

  const offlineShareBp = threshold('DEVICE_OFFLINE', 'offlineShareBp');
  const offline = counterSpans.flatMap(({ counterId, day, operatingMinutes, offlineMinutes }) => {
    const isOff = offlineMinutes * 10_000 >= operatingMinutes * offlineShareBp;
    const facts = sold.filter((fact) => fact.channelPointId === counterId && fact.eventDay === day);
    const numbers = { sales: facts.length, operatingMinutes, offlineMinutes, offlineShareBp };
    return isOff && facts.length > 0
      ? [finding('DEVICE_OFFLINE', `${counterId}:${day}`, 'NOTICE', facts, numbers)]
      : [];
  });

  const [aheadMinutes, behindDays] = [
    threshold('DEVICE_CLOCK', 'aheadMinutes'),
    threshold('DEVICE_CLOCK', 'behindDays'),
  ];
  const jumps = fresh.filter((fact) => {
    const behindMs = fact.recordedAt.getTime() - fact.eventAt.getTime();
    const isDevice = fact.channelKind === 'COUNTER' && fact.channelPointId !== '' && fact.recognisedFen > 0n;
    return isDevice && (behindMs < -aheadMinutes * MINUTE_MS || behindMs > behindDays * DAY_MS);
  });
  const clocks = [...groups(jumps, (fact) => `${fact.channelPointId}:${businessDay(fact.recordedAt)}`)].map(
    ([subject, facts]) =>
      finding('DEVICE_CLOCK', subject, 'NOTICE', facts, { sales: facts.length, aheadMinutes, behindDays }),
  );
  return [...rates, ...offline, ...clocks];
}

const SHANGHAI_HOURS = 8;

/** Much is paid while people sleep. */
export function nightBulks({ nights }: Sight, threshold: Thresholds): Finding[] {
  const [minFen, sales, toHour] = ['minFen', 'sales', 'toHour'].map((name) => threshold('NIGHT_BULK', name));
  const asleep = nights.filter(
    (fact) => fact.paidFen > 0n && (fact.eventAt.getUTCHours() + SHANGHAI_HOURS) % 24 < (toHour ?? 0),
  );
  return [...groups(asleep, (fact) => `${fact.merchantId}:${fact.eventDay}`)].flatMap(([subject, facts]) => {
    const fen = sumFen(facts.map(({ paidFen }) => paidFen));
    if (fen < BigInt(minFen ?? 0) || facts.length < (sales ?? 0)) return [];
    const numbers = { fen, count: facts.length, minFen: minFen ?? 0, sales: sales ?? 0, toHour: toHour ?? 0 };
    return [finding('NIGHT_BULK', subject, 'NOTICE', facts, numbers)];
  });
}

/** The registry: every check there is. */
export const CHECKS: readonly ((sight: Sight, threshold: Thresholds) => Finding[])[] = [
  selfPurchases,
  rings,
  refundsAfterPeriod,
  addressClusters,
  capacitiesExceeded,
  duplicateSales,
  deviceAnomalies,
  nightBulks,
];
