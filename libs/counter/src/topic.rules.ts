/** Versions of the protocol that are understood, the latest last. */
export const VERSIONS: readonly number[] = [1];
const LATEST = 1;

export interface UplinkTopic {
  readonly version: number;
  readonly cabinetId: string;
  readonly kind: string;
}

const UPLINK = /^v(\d{1,4})\/counter\/(cab_[0-9A-Za-z]{26})\/up\/([a-z][a-z-]{0,39})$/;
const DOWNLINK = /^v\d{1,4}\/counter\/(cab_[0-9A-Za-z]{26})\/down\/(?:[a-z][a-z-]{0,39}|\+|#)$/;

/** What a cabinet says where; null for any other topic. */
export function uplinkOf(topic: string): UplinkTopic | null {
  const [, version, cabinetId, kind] = UPLINK.exec(topic) ?? [];
  if (version === undefined || cabinetId === undefined || kind === undefined) return null;
  return { version: Number(version), cabinetId, kind };
}

/** A cabinet hears what is said to itself and nothing else, whichever version it speaks. */
export function mayHear(cabinetId: string, filter: string): boolean {
  return DOWNLINK.exec(filter)?.[1] === cabinetId;
}

/** `command`: what to do. `time`: what time it is. `qr`: what the screen shows for buyers to scan. */
export type DownKind = 'command' | 'time' | 'qr';

export function downTopic(cabinetId: string, kind: DownKind): string {
  return `v${LATEST}/counter/${cabinetId}/down/${kind}`;
}

/** What the consumer of an external broker listens to: every cabinet, in every version. */
export const EVERY_UPLINK = '+/counter/+/up/+';
