import { createPublicKey, verify } from 'node:crypto';
import { isId } from '#libs/kernel';
import type { PartnerKeyId } from './partner.entity.js';

/** How far a partner's clock may be from ours; what was signed earlier is nobody's business any more. */
export const SIGNATURE_AGE_MAX_MS = 300_000;

export interface Signature {
  readonly keyId: PartnerKeyId;
  readonly signedAtSeconds: string;
  readonly bytes: Buffer;
}

/** `key=pky_…,t=1764144000,s=<base64>`; null if it is anything else. */
export function readSignature(header: string): Signature | null {
  if (header.length > 300) return null;
  const parts = new Map(
    header.split(',').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
    }),
  );
  const [keyId = '', signedAtSeconds = '', text = ''] = [parts.get('key'), parts.get('t'), parts.get('s')];
  if (!isId('pky', keyId) || !/^\d{1,12}$/.test(signedAtSeconds)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 64 ? { keyId, signedAtSeconds, bytes } : null;
}

export function isTimely({ signedAtSeconds }: Signature, now: Date): boolean {
  return Math.abs(now.getTime() - Number(signedAtSeconds) * 1_000) <= SIGNATURE_AGE_MAX_MS;
}

/** What is signed: when, which request, and its bytes, so that no part can be used with another. */
export function signedBytes(signedAtSeconds: string, method: string, path: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${signedAtSeconds}.${method} ${path}\n`), body]);
}

/** `publicKey` is SPKI in base64, as the register keeps it. */
export function isSignedBy(publicKey: string, signed: Buffer, signature: Buffer): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return verify(null, signed, key, signature);
}
