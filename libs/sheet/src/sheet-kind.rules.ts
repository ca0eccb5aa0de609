import type { DomainError, IdOf, Message } from '#libs/kernel';
import type { Permission } from '#platform/auth';

/** What a merchant brings in and takes out as a table. */
export const SHEET_KINDS = ['PRODUCTS', 'SHIPMENTS', 'HOUSEHOLDS', 'BATCHES', 'STOCK'] as const;
export type SheetKind = (typeof SHEET_KINDS)[number];

/** Whoever may do it by hand may do it by a table. */
export const SHEET_PERMISSIONS: Readonly<Record<SheetKind, Permission>> = {
  PRODUCTS: 'LISTING',
  SHIPMENTS: 'FULFILL',
  HOUSEHOLDS: 'LINKAGE',
  BATCHES: 'BATCH',
  STOCK: 'STOCK',
};

/** Of each kind the merchants for whom somebody may do it. */
export type SheetReach = Readonly<Record<SheetKind, readonly string[]>>;

export interface SheetColumn {
  readonly key: string;
  /** As it stands at the head of what is written. */
  readonly name: Message;
  /** What else it may be called, in small letters and without blanks. */
  readonly heads: readonly string[];
  /** How it is filled in. */
  readonly hint: Message;
  readonly width: number;
  /** A table without it is not read. */
  readonly isNeeded?: true;
  /** Told for the reader's sake on the way out, and left alone on the way in. */
  readonly isTold?: true;
}

export type SheetCells = Readonly<Record<string, string>>;

/** A row as it was written, by the number that the spreadsheet shows. */
export interface SheetRow {
  readonly rowNo: number;
  readonly cells: SheetCells;
}

/** Rows that are one act: the sizes of one product, the one row of a parcel. */
export interface SheetEntry {
  readonly entryNo: number;
  readonly rows: readonly SheetRow[];
}

/** CREATE, CHANGE: at once. REVIEW: a change that waits for a reviewer. NOTHING: it is so already, or nothing is said. */
export const SHEET_EFFECTS = ['CREATE', 'CHANGE', 'REVIEW', 'NOTHING'] as const;
export type SheetEffect = (typeof SHEET_EFFECTS)[number];

export interface SheetFault {
  readonly rowNo: number;
  /** '' for the row as a whole. */
  readonly column: string;
  readonly code: string;
  /** What is wrong, and what to do. */
  readonly message: Message;
}

export interface SheetDone {
  readonly effect: SheetEffect;
  /** What it was done to; null where there is nothing. */
  readonly subjectId: string | null;
}

/** What an entry would do at this moment. */
export interface LookedEntry {
  readonly entryNo: number;
  readonly faults: readonly SheetFault[];
  readonly effect: SheetEffect;
  readonly subjectId: string | null;
  /** Does it, by the service that does it by hand; again it changes nothing. Null where there is nothing to do. */
  readonly act: (() => Promise<SheetDone | DomainError>) | null;
}

export interface SheetAsker {
  readonly merchantId: IdOf<'mer'>;
  readonly userId: IdOf<'usr'>;
}

/** What is known of one kind of table. */
export interface SheetDesk {
  readonly columns: readonly SheetColumn[];
  /** Rows to show how it is filled in; their first cell says that they are none. */
  readonly examples: readonly SheetCells[];
  /** Rows of one key are one entry. */
  keyOf(cells: SheetCells): string;
  /** Asks the rules by which it will be done, and changes nothing. So many statements for many entries as for few. */
  look(asker: SheetAsker, entries: readonly SheetEntry[]): Promise<LookedEntry[]>;
  /** What there is, as it would be brought in again. */
  told(asker: SheetAsker): AsyncIterable<SheetCells>;
  /** Whether it tells of people. */
  readonly isPersonal: boolean;
}
