import { Injectable } from '@nestjs/common';
import { MembershipReader, normalisePhone } from '#libs/identity';
import { type ApprovedAlike, ClaimTwinService, IntakeBatchReader } from '#libs/intake';
import { Clock, DAY_MS } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import {
  type SaleFact,
  SaleFactReader,
  TwinService,
  UncheckedFactService,
  VolumeFactService,
  type VolumeSource,
} from '#libs/volume';
import { Database, type Tx } from '#platform/database';
import { Pseudonyms } from '#platform/pseudonym';
import { CHECKS, type Sight, type Thresholds, isExceeded } from './integrity-check.rules.js';
import { balancingFacts, isCorrecting } from './correction.rules.js';
import { IntegrityFlagRepository } from './integrity-flag.repository.js';

function distinct(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))];
}

function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** First and last of some days, widened. */
function spanOf(days: readonly string[], before: number, after: number): [string, string] {
  const sorted = days.toSorted();
  const [first = '1970-01-01', last = '1970-01-01'] = [sorted[0], sorted.at(-1)];
  return [dayPlus(first, -before), dayPlus(last, after)];
}

/** Who tells of our own sales. */
const OWN: readonly VolumeSource[] = ['PLATFORM', 'DEVICE'];

/** How far a ring is followed from a new sale, and merchants of one step. */
const RING_STEPS = 3;
const RING_SELLERS_MAX = 200;

const DAYS_OF_MONTH = 31;
const PAID_BEFORE_DAYS = 60;

function isSameLine(line: SaleFact, of: SaleFact | undefined): boolean {
  return (
    line.sourceSystem === of?.sourceSystem &&
    line.sourceOrderNo === of.sourceOrderNo &&
    line.sourceLineNo === of.sourceLineNo
  );
}

function partiesByBuyer(
  parties: readonly { readonly buyerKey: string; readonly merchantId: string }[],
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { buyerKey, merchantId } of parties)
    found.set(buyerKey, (found.get(buyerKey) ?? new Set<string>()).add(merchantId));
  return found;
}

/** Looks at new facts and what lies around them. Any number of processes may do so at once; each fact is looked at once. */
@Injectable()
export class IntegrityCheckService {
  constructor(
    private readonly database: Database,
    private readonly unchecked: UncheckedFactService,
    private readonly sales: SaleFactReader,
    private readonly facts: VolumeFactService,
    private readonly twins: TwinService,
    private readonly claims: ClaimTwinService,
    private readonly flags: IntegrityFlagRepository,
    private readonly memberships: MembershipReader,
    private readonly merchants: MerchantReader,
    private readonly counters: IntakeBatchReader,
    private readonly pseudonyms: Pseudonyms,
    private readonly clock: Clock,
  ) {}

  /** One round over at most `limit` new facts; returns how many there were. It flags, and changes no figure. */
  check(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const taken = await this.unchecked.take(tx, limit);
      if (taken.length === 0) return 0;
      const fresh = taken.filter((fact) => !isCorrecting(fact));
      // First, as whoever takes in a partner's rows does: fingerprints before the gate of facts.
      const toldBefore = await this.toldBefore(tx, fresh);
      await this.flags.addVillageDays(tx, taken);
      await this.balance(tx, fresh);
      const threshold = await this.thresholds(tx);
      const sight = { ...(await this.look(tx, fresh, threshold)), toldBefore };
      await this.flags.note(
        tx,
        CHECKS.flatMap((find) => find(sight, threshold)),
        this.clock.now(),
      );
      return taken.length;
    });
  }

  /** What goes back of a line that was corrected has been taken off already: the correction gives way, and no line falls below zero. */
  private async balance(tx: Tx, fresh: readonly SaleFact[]): Promise<void> {
    const back = fresh.filter(({ recognisedFen }) => recognisedFen < 0n);
    const orders = await this.flags.correctedOrders(
      tx,
      distinct(back.map(({ sourceOrderNo }) => sourceOrderNo)),
    );
    if (orders.size === 0) return;
    const nets = await this.sales.netOfLines(tx, [...orders]);
    await this.facts.record(tx, balancingFacts(back, nets));
  }

  private async thresholds(tx: Tx): Promise<Thresholds> {
    const rows = await this.flags.thresholds(tx);
    const valueOf = new Map(rows.map(({ rule, name, value }) => [`${rule}.${name}`, Number(value)]));
    // What somebody has deleted suspects nobody.
    return (rule, name) => valueOf.get(`${rule}.${name}`) ?? Number.MAX_SAFE_INTEGER;
  }

  private async look(
    tx: Tx,
    fresh: readonly SaleFact[],
    threshold: Thresholds,
  ): Promise<Omit<Sight, 'toldBefore'>> {
    const merchantIds = distinct(fresh.map(({ merchantId }) => merchantId));
    const parties = await this.partiesOf(tx, fresh, merchantIds);
    const days = fresh.map(({ eventDay }) => eventDay);
    const sold = fresh.filter(({ recognisedFen }) => recognisedFen > 0n);
    const atCounters = sold.filter(
      ({ channelKind, channelPointId }) => channelKind === 'COUNTER' && channelPointId !== '',
    );
    const points = distinct(atCounters.map(({ channelPointId }) => channelPointId));
    const pointDays = distinct(atCounters.map(({ eventDay }) => eventDay));
    const villages = distinct(fresh.map(({ originVillageCode }) => originVillageCode));
    const products = distinct(fresh.map(({ productId }) => productId));
    const capacities = await this.flags.capacities(tx, villages, products);
    const [ringFrom, ringTo] = spanOf(days, threshold('RING', 'days') + 1, 1);
    const addressSpan = spanOf(days, Math.min(threshold('ADDRESS_CLUSTER', 'days'), 366), 0);
    const exceeded = capacities.filter((capacity) => isExceeded(capacity, threshold));
    const { tradeSales, merchantsOfBuyer } = await this.tradeAround(tx, parties, ringFrom, ringTo);
    const seasons = spanOf(
      exceeded.flatMap(({ seasonFrom, seasonTo }) => [seasonFrom, seasonTo]),
      0,
      0,
    );
    return {
      fresh,
      merchantsOfBuyer,
      ...(await this.selfSales(tx, fresh, parties)),
      tradeSales,
      periodEnds: await this.periodEnds(tx, fresh, threshold('REFUND_AFTER_PERIOD', 'days')),
      sameAddress: await this.sales.ofAddresses(
        tx,
        merchantIds,
        distinct(sold.map(({ addressKey }) => addressKey)),
        ...addressSpan,
      ),
      ofVillages: await this.sales.ofVillages(
        tx,
        distinct(exceeded.map(({ villageCode }) => villageCode)),
        distinct(exceeded.map(({ productId }) => productId)),
        ...seasons,
      ),
      capacities,
      ofCounters: await this.sales.ofPoints(tx, points, pointDays),
      counterSpans: await this.counters.counterSpans(tx, points, pointDays),
      nights: await this.sales.paidTo(
        tx,
        merchantIds,
        distinct(fresh.filter(({ paidFen }) => paidFen > 0n).map(({ eventDay }) => eventDay)),
      ),
    };
  }

  /**
   * Sales of ours that a partner had told of before, each with the partner's line; whoever takes in rows at this moment is waited for. What a
   * claim that counts has told of before is noted with the claim, whose reviewers decide.
   */
  private async toldBefore(tx: Tx, fresh: readonly SaleFact[]): Promise<Sight['toldBefore']> {
    const own = fresh.filter(({ source, paidFen }) => OWN.includes(source) && paidFen > 0n);
    const twins = await this.twins.find(
      tx,
      own.map(({ buyerKey, productId, paidFen, originDay, sourceSystem }) => ({
        buyerKey,
        productId,
        amountFen: paidFen,
        day: originDay,
        sourceSystem,
      })),
    );
    const pairs = own.flatMap((sale, index) => (twins[index] ?? []).map((twin) => ({ own: sale, twin })));
    if (pairs.length === 0) return [];
    const found = await this.sales.byIds(distinct(pairs.map(({ twin }) => twin.id)), tx);
    const twinOf = new Map<string, SaleFact>(found.map((fact) => [fact.id, fact]));
    const alike = pairs.flatMap(({ own: sale, twin }): ApprovedAlike[] => {
      const claimed = twinOf.get(twin.id);
      if (claimed?.source !== 'DECLARED') return [];
      const { sourceOrderNo: claimId, sourceLineNo: lineId, declaredFen: amountFen } = claimed;
      return [{ claimId, lineId, factId: sale.id, amountFen }];
    });
    await this.claims.suspectApproved(tx, alike);
    const told = found.filter(({ source }) => source === 'PARTNER');
    const lines = await this.sales.ofOrders(tx, distinct(told.map(({ sourceOrderNo }) => sourceOrderNo)));
    return pairs
      .filter(({ twin }) => twin.source === 'PARTNER')
      .map(({ own: sale, twin }) => ({
        own: sale,
        told: lines.filter((line) => isSameLine(line, twinOf.get(twin.id))),
      }));
  }

  /** All that people have bought of their own merchants in the months in which they have bought of them now, and what of it has been decided. */
  private async selfSales(
    tx: Tx,
    fresh: readonly SaleFact[],
    parties: ReadonlyMap<string, ReadonlySet<string>>,
  ): Promise<Pick<Sight, 'selfSales' | 'decided'>> {
    const isOwn = ({ buyerKey, merchantId, recognisedFen }: SaleFact) =>
      recognisedFen > 0n && parties.get(buyerKey)?.has(merchantId) === true;
    const now = fresh.filter(isOwn);
    if (now.length === 0) return { selfSales: [], decided: new Map() };
    const days = now.map(({ eventDay }) => eventDay);
    // From the first day of the earliest month to the last of the latest; what is signed for was paid some weeks before at most.
    const [from, to] = spanOf(days, DAYS_OF_MONTH + PAID_BEFORE_DAYS, DAYS_OF_MONTH);
    const around = await this.sales.ofBuyers(tx, distinct(now.map(({ buyerKey }) => buyerKey)), from, to);
    const selfSales = around.filter((fact) => isOwn(fact) && !isCorrecting(fact));
    const decided = await this.flags.decided(
      tx,
      'SELF_PURCHASE',
      selfSales.map(({ id }) => id),
    );
    return { selfSales, decided };
  }

  /** What people of merchants buy from other merchants, and the people of those, some steps on: enough to see a ring close. */
  private async tradeAround(
    tx: Tx,
    parties: ReadonlyMap<string, ReadonlySet<string>>,
    from: string,
    to: string,
  ): Promise<Pick<Sight, 'tradeSales' | 'merchantsOfBuyer'>> {
    const merchantsOfBuyer = new Map<string, ReadonlySet<string>>(parties);
    const tradeSales: SaleFact[] = [];
    let buyers = [...parties.keys()];
    const seen = new Set([...parties.values()].flatMap((merchants) => [...merchants]));
    for (let step = 0; step < RING_STEPS && buyers.length > 0; step += 1) {
      const bought = await this.sales.ofBuyers(tx, buyers, from, to);
      tradeSales.push(...bought);
      const sellers = distinct(bought.map(({ merchantId }) => merchantId))
        .filter((merchantId) => !seen.has(merchantId))
        .slice(0, RING_SELLERS_MAX);
      for (const seller of sellers) seen.add(seller);
      const next =
        sellers.length > 0
          ? partiesByBuyer(await this.flags.parties(tx, [], sellers))
          : new Map<string, Set<string>>();
      buyers = [...next.keys()].filter((buyer) => !merchantsOfBuyer.has(buyer));
      for (const buyer of buyers) merchantsOfBuyer.set(buyer, next.get(buyer) ?? new Set());
    }
    return { tradeSales, merchantsOfBuyer };
  }

  /** Only where something has come back in another month than it was paid. */
  private async periodEnds(tx: Tx, fresh: readonly SaleFact[], days: number): Promise<SaleFact[]> {
    const back = fresh.filter(
      ({ recognisedFen, originDay, eventDay }) =>
        recognisedFen < 0n && eventDay.slice(0, 7) > originDay.slice(0, 7),
    );
    const found: SaleFact[] = [];
    for (const month of distinct(back.map(({ originDay }) => originDay.slice(0, 7)))) {
      const end = dayPlus(dayPlus(`${month}-28`, 4).slice(0, 8).concat('01'), -1);
      const merchants = back
        .filter(({ originDay }) => originDay.startsWith(month))
        .map(({ merchantId }) => merchantId);
      const [first, last] = [dayPlus(end, 1 - Math.min(days, 31)), dayPlus(end, Math.min(days, 31))];
      found.push(...(await this.sales.ofMerchants(tx, distinct(merchants), [first, end], [first, last])));
    }
    return found;
  }

  /** Who works for whom, as buyers are known: noted for every seller that is seen, so that a buyer is recognised later. */
  private async partiesOf(
    tx: Tx,
    fresh: readonly SaleFact[],
    merchantIds: readonly string[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const phones = [
      ...(await this.memberships.phonesOf(merchantIds, tx)),
      ...(await this.merchants.contactPhonesOf(merchantIds, tx)),
    ];
    await this.flags.addParties(
      tx,
      phones
        .map(
          ({ merchantId, phone }) =>
            [this.pseudonyms.ofPhone(normalisePhone(phone) ?? phone), merchantId] as const,
        )
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
    const parties = await this.flags.parties(
      tx,
      distinct(fresh.map(({ buyerKey }) => buyerKey)),
      merchantIds,
    );
    return partiesByBuyer(parties);
  }
}
