/** A4, lying. In points. */
export const SHEET = {
  left: 40,
  right: 802,
  width: 762,
  top: 50,
  bottom: 548,
  rowHeight: 16,
  factHeight: 18,
  /** And a heading above them. */
  rowsPerPage: 30,
} as const;

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly isNumber: boolean;
  /** Written smaller where there is no room, and never cut: amounts, and what somebody has to look up. */
  readonly isWhole?: boolean;
}

export type Cell = string;

/** The first page says what it comes to, the last how to verify it. */
export function pagesOf(lineCount: number): number {
  return 2 + Math.ceil(lineCount / SHEET.rowsPerPage);
}

/** As much of a text as there is room for, and a sign that there was more. */
export function fitted(text: string, width: number, widthOf: (sign: string) => number): string {
  let used = 0;
  let cut = '';
  const ellipsis = widthOf('…');
  for (const sign of text) {
    used += widthOf(sign);
    if (used + ellipsis <= width) cut += sign;
    if (used > width) return `${cut}…`;
  }
  return text;
}
