/** A paper as it is typed; '' where nothing was. */
export interface TypedPaper {
  readonly number: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly fileIds: readonly string[];
}

export const blankPaper: TypedPaper = { number: '', validFrom: '', validTo: '', fileIds: [] };

export const isBlankPaper = ({ number, validFrom, validTo, fileIds }: TypedPaper): boolean =>
  number === '' && validFrom === '' && validTo === '' && fileIds.length === 0;

/** What a kind of paper says, beside its pages. */
export interface PaperNeeds {
  readonly name: string;
  /** What is said at its pages, below its name as a heading; left out, its name says it. */
  readonly pages?: string;
  /** What its number is called; null where none is typed. */
  readonly number: string | null;
  /** What the first day is called; null where none is asked for. */
  readonly from: string | null;
  readonly to: string | null;
}
