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
}

/** How long a counter was meant to sell and could not be reached. */
export interface CounterSpan {
  readonly counterId: string;
  readonly day: string;
  readonly operatingMinutes: number;
  readonly offlineMinutes: number;
}

/** The bounded set that one round looks at: new facts, and what lies around them. */
export interface Sight {
  readonly fresh: readonly SaleFact[];
  /** Merchants that the owner of a key works for. */
  readonly merchantsOfBuyer: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sales of buyers who work for a merchant themselves. */
  readonly tradeSales: readonly SaleFact[];
  readonly periodEnds: readonly SaleFact[];
  readonly sameAddress: readonly SaleFact[];
  readonly ofVillages: readonly SaleFact[];
  readonly capacities: readonly Capacity[];
  readonly ofCounters: readonly SaleFact[];
  readonly counterSpans: readonly CounterSpan[];
  readonly nights: readonly SaleFact[];
}

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

/** The buyer works for the seller. */
export function selfPurchases({ fresh, merchantsOfBuyer }: Sight, threshold: Thresholds): Finding[] {
  const own = fresh.filter(
    (fact) => fact.recognisedFen > 0n && merchantsOfBuyer.get(fact.buyerKey)?.has(fact.merchantId) === true,
  );
  const minFen = threshold('SELF_PURCHASE', 'minFen');
  return [...groups(own, (fact) => `${fact.merchantId}:${fact.buyerKey}:${monthOf(fact.eventDay)}`)]
    .filter(([, facts]) => recognised(facts) >= BigInt(minFen))
    .map(([subject, facts]) =>
      finding('SELF_PURCHASE', subject, 'SERIOUS', facts, {
        fen: recognised(facts),
        sales: facts.length,
        minFen,
      }),
    );
}

/** People of A buy from B, and people of B from A, within some days. */
export function rings({ tradeSales, merchantsOfBuyer }: Sight, threshold: Thresholds): Finding[] {
  const [days, minFen] = [threshold('RING', 'days'), threshold('RING', 'minFen')];
  const edges = tradeSales.flatMap((fact) =>
    [...(merchantsOfBuyer.get(fact.buyerKey) ?? [])]
      .filter((buyer) => buyer !== fact.merchantId && fact.recognisedFen > 0n)
      .map((buyer) => ({ fact, buyer, seller: fact.merchantId })),
  );
  const findings: Finding[] = [];
  for (const [pair, both] of groups(edges, ({ buyer, seller }) => [buyer, seller].toSorted().join(':'))) {
    const [one = ''] = pair.split(':');
    const there = both.filter(({ seller }) => seller === one);
    const back = both.filter(({ seller }) => seller !== one);
    const isNear = (a: SaleFact, b: SaleFact) =>
      Math.abs(a.eventAt.getTime() - b.eventAt.getTime()) <= days * DAY_MS;
    const near = both.filter(({ fact, seller }) =>
      (seller === one ? back : there).some((other) => isNear(fact, other.fact)),
    );
    const facts = near.map(({ fact }) => fact);
    if (facts.length === 0 || recognised(facts) < BigInt(minFen)) continue;
    const months = facts.map(({ eventDay }) => monthOf(eventDay)).toSorted();
    const numbers = { fen: recognised(facts), sales: facts.length, days, minFen };
    findings.push(finding('RING', `${pair}:${months[0]}`, 'SERIOUS', facts, numbers));
  }
  return findings;
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

/** More came from a village than grows there. */
export function capacitiesExceeded({ ofVillages, capacities }: Sight, threshold: Thresholds): Finding[] {
  const shareBp = threshold('CAPACITY_EXCEEDED', 'shareBp');
  return capacities.flatMap(({ villageCode, productId, seasonFrom, seasonTo, capacityG }) => {
    const facts = ofVillages.filter(
      (fact) =>
        fact.originVillageCode === villageCode &&
        fact.productId === productId &&
        fact.eventDay >= seasonFrom &&
        fact.eventDay <= seasonTo,
    );
    const soldG = facts.reduce((sum, { weightG }) => sum + weightG, 0n);
    if (soldG * 10_000n <= capacityG * BigInt(shareBp)) return [];
    const subject = `${villageCode}:${productId}:${seasonFrom}`;
    return [finding('CAPACITY_EXCEEDED', subject, 'SERIOUS', facts, { soldG, capacityG, shareBp })];
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
  deviceAnomalies,
  nightBulks,
];
