import { present } from '#libs/kernel';
import type { Random } from '../../data/random.js';
import type { Device } from '../device.js';
import type { Doors } from '../doors.js';

const SCAN = `mutation ($code: String!) { kioskScan(code: $code) {
  ... on KioskScanPayload { visit kiosk { obstacle slots { code available priceFen } } } ... on DomainError { code } } }`;
const PAY = `mutation ($orderId: ID!, $method: PaymentMethod!) { paymentStart(orderId: $orderId, method: $method) {
  ... on PaymentStartPayload { payment { action { url } } } ... on DomainError { code } } }`;

/** Somebody who stands before a cabinet looks that often whether it comes. */
export const LOOK_MS = 2_000;

export interface Slot {
  readonly code: string;
  readonly available: number;
  readonly priceFen: string;
}

export interface Visit {
  readonly visit: string;
  readonly slots: readonly Slot[];
}

/** How it went, in words of the doors. */
export type Outcomes = Map<string, number>;

export function tell(outcomes: Outcomes, what: string): void {
  outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
}

/** What is no answer of a door, in one line. */
export function faultOf(error: unknown): string {
  return `FAULT ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
}

/** One of them, as often as its share says. */
export function moodOf<Mood>(random: Random, likely: readonly (readonly [Mood, number])[]): Mood {
  let left = random.between(
    1,
    likely.reduce((sum, [, share]) => sum + share, 0),
  );
  const [mood] = present(
    likely.find(([, share]) => (left -= share) <= 0),
    'a mood',
  );
  return mood;
}

/** The visit that the code on a screen begins; in a word, why nothing is sold there, unless that is what is expected of it. */
export async function scan(doors: Doors, code: string, expected?: string): Promise<Visit | string> {
  if (code === '') return 'DARK_SCREEN';
  const scanned = await doors.ask<{
    visit: string;
    kiosk: { obstacle: string | null; slots: readonly Slot[] };
  }>('storefront', null, SCAN, { code });
  const { visit, kiosk } = scanned;
  if (visit === undefined || kiosk === undefined) return scanned.code ?? 'NOTHING';
  const { obstacle, slots } = kiosk;
  return obstacle === null || obstacle === expected ? { visit, slots } : obstacle;
}

/** Pays at the sandbox's page; PAID, or why not. The button is pressed `times` at once. */
export async function payFor(doors: Doors, token: string, orderId: string, times = 1): Promise<string> {
  const started = await doors.ask<{ payment: { action: { url: string } | null } }>('storefront', token, PAY, {
    orderId,
    method: 'ALIPAY',
  });
  const url = started.payment?.action?.url;
  if (url === undefined) return started.code ?? 'NO_PAYMENT';
  const paid = await Promise.all(Array.from({ length: times }, () => doors.pay(url)));
  return paid.includes(true) ? 'PAID' : 'NOT_PAID';
}

/** Whoever runs a cabinet stands at its open door: it serves nobody meanwhile. */
export async function atOpenDoor(
  device: Device,
  kind: { isServed: boolean },
  work: () => Promise<void>,
): Promise<void> {
  kind.isServed = true;
  device.note('door', { isOpen: true, reason: 'MAINTENANCE' });
  try {
    await work();
  } finally {
    device.note('door', { isOpen: false, reason: 'MAINTENANCE' });
    kind.isServed = false;
  }
}
