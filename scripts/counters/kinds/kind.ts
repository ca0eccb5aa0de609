/** What is particular to one kind of cabinet: what lies in it and what it does with it. The line, the clock and the weather are the same for all. */
export interface Kind {
  /** How something is bought by the code on its screen: by the slot, or by having its door opened. Null where nothing is. */
  readonly sells: 'BY_SLOT' | 'BY_DOOR' | null;
  /** One step of its own: what breaks, and what somebody tries out. */
  live(): void;
}

/** A slot as the book has it when the simulation begins. */
export interface ShelfSlot {
  readonly code: string;
  readonly units: number;
  readonly priceFen: number;
  /** What it is filled with when nothing is left to tell: null where there are no goods of that kind. */
  readonly batchId: string | null;
}

/** What stands on a tray that weighs when the simulation begins. */
export interface TrayGoods {
  readonly code: string;
  readonly variantId: string;
  readonly unitG: number;
  /** By how much one of them may weigh more or less. */
  readonly toleranceG: number;
  readonly units: number;
  /** What it is filled with: null where there are no goods of that kind. */
  readonly batchId: string | null;
}
