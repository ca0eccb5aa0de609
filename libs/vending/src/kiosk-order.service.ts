import { Injectable } from '@nestjs/common';
import { type DomainError, type Fen, type IdOf, type InvalidField, InvalidInputError } from '#libs/kernel';
import { type OrderId, type OrderPlacement, OrderPlacementService, type WantedLine } from '#libs/ordering';
import { type Kiosk, KioskReader } from './kiosk.reader.js';
import { KioskClosedError, ScanExpiredError, SlotLockedError } from './vending.errors.js';

/** What is only refused to units, for parcels, for harvests to come and for what is adopted. */
type NeverHere =
  | 'UNIT_MERGED'
  | 'NO_CREDIT_TERM'
  | 'CREDIT_EXCEEDED'
  | 'NOT_SERVED'
  | 'DISPATCH_DAY_CHANGED'
  | 'COUPON_NOT_USABLE'
  | 'PRESALE_ALONE'
  | 'ADOPTION_ALONE'
  | 'ADOPTION_WHOLE'
  | 'ADOPTION_OBJECT_TAKEN';

export type KioskOrderPlacement =
  | OrderId
  | ScanExpiredError
  | KioskClosedError
  | SlotLockedError
  | Exclude<Extract<OrderPlacement, DomainError>, { readonly code: NeverHere }>;

export interface KioskWish {
  readonly idempotencyKey: string;
  readonly lines: readonly { readonly slotCode: string; readonly quantity: number }[];
  readonly totalFen: Fen;
}

/** Whoever stands there is asked for no name; what they bought, the order knows. */
const NOBODY = { name: '柜机取货', phone: '', countyCode: '', address: '' } as const;

/** Buying at a cabinet: several slots, one order, three minutes to pay. */
@Injectable()
export class KioskOrderService {
  constructor(
    private readonly kiosks: KioskReader,
    private readonly placements: OrderPlacementService,
  ) {}

  /** What the key has placed at this cabinet already, whatever has become of the cabinet and of the visit since; null where that is nothing. */
  async placedBefore(
    buyerId: IdOf<'usr'>,
    cabinetId: IdOf<'cab'>,
    wish: KioskWish,
  ): Promise<KioskOrderPlacement | null> {
    return this.placements.placedBefore(buyerId, askedAt(cabinetId, wish));
  }

  async place(buyerId: IdOf<'usr'>, cabinetId: IdOf<'cab'>, wish: KioskWish): Promise<KioskOrderPlacement> {
    const kiosk = await this.kiosks.of(cabinetId);
    if (!kiosk) return new ScanExpiredError();
    if (kiosk.model !== 'SLOT_CABINET') return new KioskClosedError('OTHER_MODEL');
    if (kiosk.obstacle) return new KioskClosedError(kiosk.obstacle);
    const lines = linesFor(kiosk, wish.lines);
    if (!Array.isArray(lines)) return lines;
    const placed = await this.placements.place(buyerId, { ...askedAt(cabinetId, wish), lines });
    return placed as KioskOrderPlacement;
  }
}

/** What a slot is for may have changed by the next time: the key stands for the slots. */
function askedAt(cabinetId: IdOf<'cab'>, { idempotencyKey, lines, totalFen }: KioskWish) {
  const said = JSON.stringify([cabinetId, lines.map(({ slotCode, quantity }) => [slotCode, quantity])]);
  return { idempotencyKey, said, lines: null, recipient: NOBODY, totalFen, handover: 'VEND' as const };
}

function linesFor(
  kiosk: Kiosk,
  wanted: KioskWish['lines'],
): WantedLine[] | InvalidInputError | SlotLockedError {
  const faults: InvalidField[] = [];
  const lines: WantedLine[] = [];
  for (const [index, { slotCode, quantity }] of wanted.entries()) {
    const slot = kiosk.slots.find((each) => each.slotCode === slotCode);
    if (!slot) {
      const message = { zh: '该货道没有商品', en: 'Nothing is sold from this slot.' };
      faults.push({ path: `lines.${index}.slotCode`, message });
      continue;
    }
    if (slot.lock) return new SlotLockedError(slotCode, slot.lock);
    const { channelPointId } = kiosk;
    const place = { channelPointId, slotCode, priceFen: slot.priceFen.toString() };
    lines.push({ variantId: slot.variantId, quantity, channelPointId, slot: place });
  }
  return faults.length > 0 ? new InvalidInputError(faults) : lines;
}
