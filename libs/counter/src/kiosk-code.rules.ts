import { createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE_MS, isId } from '#libs/kernel';
import type { CabinetId } from './cabinet.entity.js';

/** Another one is shown so often. */
export const KIOSK_CODE_EVERY_MS = MINUTE_MS / 2;

/** SCAN: on the screen, for whoever stands before it; what is photographed is worth nothing soon after. VISIT: theirs who have scanned, while they choose. */
const LIFE_MS = { SCAN: 3 * KIOSK_CODE_EVERY_MS, VISIT: 10 * MINUTE_MS } as const;
export type KioskCodeKind = keyof typeof LIFE_MS;

/** 128 bits: nobody guesses one in its time. */
const SIGNATURE_BYTES = 16;

export interface KioskCode {
  readonly code: string;
  readonly expiresAt: Date;
}

function signatureOf(secret: string, kind: KioskCodeKind, body: string): Buffer {
  return createHmac('sha256', secret).update(`kiosk:${kind}:${body}`).digest().subarray(0, SIGNATURE_BYTES);
}

/** `<cabinet>.<end>.<nonce>.<signature>`: everything that is to be known is in it, so nothing is kept of it. */
export function issueCode(
  secret: string,
  kind: KioskCodeKind,
  cabinetId: CabinetId,
  { now, nonce }: { readonly now: Date; readonly nonce: string },
): KioskCode {
  const endMs = now.getTime() + LIFE_MS[kind];
  const body = `${cabinetId}.${endMs.toString(36)}.${nonce}`;
  return {
    code: `${body}.${signatureOf(secret, kind, body).toString('base64url')}`,
    expiresAt: new Date(endMs),
  };
}

export function shownAtOf(expiresAt: Date): Date {
  return new Date(expiresAt.getTime() - LIFE_MS.SCAN);
}

/** While it was on the screen: for whoever says later, from a place without a network, what they have scanned. */
export function wasShown(expiresAt: Date, from: Date, until: Date): boolean {
  return shownAtOf(expiresAt) <= until && expiresAt.getTime() >= from.getTime();
}

/** Whose code it is; null for what is over, forged, or of another kind. */
export function readCode(
  secret: string,
  kind: KioskCodeKind,
  code: string,
  now: Date,
): { readonly cabinetId: CabinetId; readonly expiresAt: Date } | null {
  const [cabinetId = '', end = '', nonce = '', signature = '', ...rest] = code.split('.');
  if (rest.length > 0 || !isId('cab', cabinetId)) return null;
  const told = Buffer.from(signature, 'base64url');
  const made = signatureOf(secret, kind, `${cabinetId}.${end}.${nonce}`);
  if (told.length !== made.length || !timingSafeEqual(told, made)) return null;
  const endMs = Number.parseInt(end, 36);
  return endMs > now.getTime() ? { cabinetId, expiresAt: new Date(endMs) } : null;
}
