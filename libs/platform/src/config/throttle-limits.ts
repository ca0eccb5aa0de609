/** What is counted apart: whoever searches too much may still read, and whoever reads too much may still pay. */
export const THROTTLE_KINDS = [
  'ANONYMOUS', // reads of nobody
  'READ',
  'WRITE',
  'COSTLY', // what costs many times a read: searches, checkout, reports, files made to order
  'UPLOAD',
  'SIGN_IN', // before anybody is known; beside the limits by phone and address that the audit log keeps
  'MALFORMED', // what is turned away before anything runs: no operation, no person
  'SOCKET', // not a rate: open at once
] as const;
export type ThrottleKind = (typeof THROTTLE_KINDS)[number];

/** How much a minute; null where it is not counted. */
export interface ThrottleLimit {
  readonly person: number | null;
  readonly address: number | null;
}

export type ThrottleLimits = Readonly<Record<ThrottleKind, ThrottleLimit>>;

/**
 * A person is held to what no hand does in a minute. An address is a school, a village behind its carrier or a county's mobile network: it
 * is held to what a thousand of them do, which is still a fraction of what a process answers.
 */
export const THROTTLE_DEFAULTS: ThrottleLimits = {
  ANONYMOUS: { person: null, address: 12_000 },
  READ: { person: 600, address: 30_000 },
  WRITE: { person: 240, address: 6_000 },
  COSTLY: { person: 120, address: 6_000 },
  UPLOAD: { person: 30, address: 600 },
  SIGN_IN: { person: null, address: 1_200 },
  MALFORMED: { person: null, address: 1_200 },
  SOCKET: { person: 10, address: 2_000 },
};

const KIND = THROTTLE_KINDS.join('|');
const ENTRY = new RegExp(`^(${KIND})=([1-9]\\d{0,8}|-)/([1-9]\\d{0,8}|-)$`);

/** `off`, `on`, or what is other than usual: `WRITE=60/-,SOCKET=5/500`. Undefined where it is none of these. */
export function throttleLimitsOf(text: string): ThrottleLimits | null | undefined {
  if (text === 'off') return null;
  if (text === 'on') return THROTTLE_DEFAULTS;
  const limits: Record<ThrottleKind, ThrottleLimit> = { ...THROTTLE_DEFAULTS };
  for (const entry of text.split(',')) {
    const [, kind, person = '', address = ''] = ENTRY.exec(entry.trim()) ?? [];
    if (kind === undefined) return undefined;
    const numberOf = (part: string) => (part === '-' ? null : Number(part));
    limits[kind as ThrottleKind] = { person: numberOf(person), address: numberOf(address) };
  }
  return limits;
}
