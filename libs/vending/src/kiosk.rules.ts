import type { CabinetModel, CabinetState, LinkState, SaleStop, SlotLockReason } from '#libs/counter';
import type { ChannelPointState } from '#libs/channel';

/** Why a cabinet sells nothing at all now. */
export const KIOSK_OBSTACLES = ['OFFLINE', 'CLOSED', 'OTHER_MODEL', 'LOCKED', 'ALARM'] as const;
export type KioskObstacle = (typeof KIOSK_OBSTACLES)[number];

/** Of a slot, in the words of OPC 30210-1 where it has them. */
export const SLOT_AVAILABILITIES = ['AVAILABLE', 'EMPTY', 'LOCKED', 'NOT_ON_SALE'] as const;
export type SlotAvailability = (typeof SLOT_AVAILABILITIES)[number];

/** Whoever pays must get it: without a line that was heard lately nothing is begun. */
export function kioskObstacle(
  cabinet: { readonly model: CabinetModel; readonly state: CabinetState },
  pointState: ChannelPointState | null,
  link: LinkState,
  stop: SaleStop | null,
): KioskObstacle | null {
  if (cabinet.model === 'LOCKER') return 'OTHER_MODEL';
  if (cabinet.state !== 'ACTIVE' || pointState !== 'OPEN') return 'CLOSED';
  if (stop) return stop;
  return link === 'ONLINE' ? null : 'OFFLINE';
}

export interface SlotFacts {
  readonly isOnSale: boolean;
  readonly locks: readonly SlotLockReason[];
  readonly batches: readonly {
    readonly bestBeforeOn: string;
    readonly onHand: number;
    readonly reserved: number;
    /** Of a batch that is not sold; missing: it is. */
    readonly isStopped?: boolean;
  }[];
  /** YYYY-MM-DD in Shanghai. */
  readonly today: string;
}

/** The reason that a person can do most about; of several locks the first in their order. What has passed its day, or is of a batch that was stopped, locks before the clock has noticed: a lane hands out what lies in front. */
export function lockOf({ locks, batches, today }: Omit<SlotFacts, 'isOnSale'>): SlotLockReason | null {
  const hasExpired = batches.some(
    ({ bestBeforeOn, onHand, isStopped = false }) => onHand > 0 && (bestBeforeOn < today || isStopped),
  );
  return hasExpired ? 'EXPIRED' : (locks[0] ?? null);
}

export function unitsFree({ batches, today }: Pick<SlotFacts, 'batches' | 'today'>): number {
  return batches
    .filter(({ bestBeforeOn }) => bestBeforeOn >= today)
    .reduce((sum, { onHand, reserved }) => sum + onHand - reserved, 0);
}

/** Behind one door lies all of it: what is not sold any more would be taken as well, and nobody could be billed for it. */
export function keepsDoorShut(
  slots: readonly { readonly availability: SlotAvailability; readonly available: number }[],
): boolean {
  return slots.some(({ availability, available }) => availability === 'NOT_ON_SALE' && available > 0);
}

export function availabilityOf(facts: SlotFacts): SlotAvailability {
  if (lockOf(facts)) return 'LOCKED';
  if (!facts.isOnSale) return 'NOT_ON_SALE';
  return unitsFree(facts) > 0 ? 'AVAILABLE' : 'EMPTY';
}
