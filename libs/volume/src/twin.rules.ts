import { createHash } from 'node:crypto';
import { DAY_MS, type Fen } from '#libs/kernel';
import type { VolumeFactId, VolumeSource } from './volume-fact.entity.js';

/** A reviewer looks at each; whoever has more than this looks at the first ones. */
const TWINS_MAX = 5;

/** Sources date the same sale by order, payment or delivery. */
export const TWIN_DAYS = 3;

/** A sale that is about to be counted, as another source might have told of it. */
export interface TwinProbe {
  /** '' is a buyer nobody knows: they have no twins. */
  readonly buyerKey: string;
  readonly productId: string;
  readonly amountFen: Fen;
  /** The business day it was paid. */
  readonly day: string;
  /** The same source tells a buyer's two equal purchases apart by their numbers. */
  readonly sourceSystem: string;
  /** Where many people tell under one source: the order within which one of them has told sales apart. */
  readonly sourceOrderNo?: string;
}

/** A fact that looks like it. */
export interface TwinFact {
  readonly id: VolumeFactId;
  readonly source: VolumeSource;
  readonly sourceSystem: string;
  readonly sourceOrderNo: string;
  readonly buyerKey: string;
  readonly productId: string;
  readonly amountFen: Fen;
  readonly day: string;
}

export function isProbed({ buyerKey, productId }: TwinProbe): boolean {
  return buyerKey !== '' && productId !== '';
}

/** What two sources that tell of one sale agree on, but for the day. */
export function fingerprintOf({ buyerKey, productId, amountFen }: TwinProbe): string {
  return createHash('sha256').update(`${buyerKey}|${productId}|${amountFen}`).digest('hex');
}

export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function isToldBySame(probe: TwinProbe, fact: TwinFact): boolean {
  if (fact.sourceSystem !== probe.sourceSystem) return false;
  return probe.sourceOrderNo === undefined || fact.sourceOrderNo === probe.sourceOrderNo;
}

/** The facts that somebody else has told of and that look like the sale, the earliest first. */
export function twinsOf(probe: TwinProbe, facts: readonly TwinFact[]): TwinFact[] {
  if (!isProbed(probe)) return [];
  const [from, to] = [dayPlus(probe.day, -TWIN_DAYS), dayPlus(probe.day, TWIN_DAYS)];
  return facts
    .filter(
      (fact) =>
        !isToldBySame(probe, fact) &&
        fact.buyerKey === probe.buyerKey &&
        fact.productId === probe.productId &&
        fact.amountFen === probe.amountFen &&
        fact.day >= from &&
        fact.day <= to,
    )
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, TWINS_MAX);
}
