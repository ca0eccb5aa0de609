import { type ReactNode, useState } from 'react';
import { t } from '../../shared/i18n.js';
import { type InColumn, massColumn, moneyColumn } from '../figures.js';

/** What a column is called, and what stands in it: anything, or amounts that the table says in one unit. */
export type Column<Row> = {
  readonly name: string;
  /** Below an amount, or beside it. */
  readonly note?: (row: Row) => ReactNode;
} & (
  | {
      readonly cell: (row: Row) => ReactNode;
      /** Figures stand at the right, one under the other. */
      readonly isFigure?: boolean;
    }
  /** Null where there is no figure, which is not nought. */
  | { readonly fen: (row: Row) => string | null }
  | { readonly grams: (row: Row) => number | null }
);

/** At the foot: whole fen below a column of money, grams below one of weights, and words below any other. */
type Foot = ReactNode;

interface Said<Row> {
  readonly name: string;
  readonly isFigure: boolean;
  readonly isExact: boolean;
  readonly cell: (row: Row) => ReactNode;
  readonly foot: (foot: Foot) => ReactNode;
}

function said<Row>(column: Column<Row>, rows: readonly Row[], foot: Foot, wantsExact: boolean): Said<Row> {
  const tell = <Value,>(
    of: (row: Row) => Value | null,
    inColumn: (values: readonly Value[], wantsExact: boolean) => InColumn<Value>,
  ): Said<Row> => {
    const values = rows.flatMap((row) => of(row) ?? []);
    const { unit, text, isExact } = inColumn(
      foot === undefined || foot === null ? values : [...values, foot as Value],
      wantsExact,
    );
    const textOf = (value: Value | null | undefined) =>
      value === null || value === undefined ? '—' : text(value);
    return {
      name: t('{name}（{unit}）', { name: column.name, unit }),
      isFigure: true,
      isExact,
      cell: (row) => textOf(of(row)),
      foot: (each) => textOf(each as Value),
    };
  };
  if ('fen' in column) return tell(column.fen, moneyColumn);
  if ('grams' in column) return tell(column.grams, massColumn);
  const { name, isFigure = false, cell } = column;
  return { name, isFigure, isExact: true, cell, foot: (each) => each };
}

/**
 * Rows with a caption that is read out. Wider than its place it is pushed sideways by itself, never the page. Amounts that are cut off for being read are shown to the last fen
 * at a tap: what is cut off in each row does not add up to what is cut off below.
 */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
  foot,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  foot?: readonly Foot[];
}) {
  const [wantsExact, setExact] = useState(false);
  const shown = columns.map((column, index) => said(column, rows, foot?.[index], wantsExact));
  const side = ({ isFigure }: Said<Row>) => (isFigure ? 'is-figure' : undefined);
  return (
    <>
      <div className="table-box" tabIndex={0} role="region" aria-label={caption}>
        <table className="table">
          <caption className="hidden">{caption}</caption>
          <thead>
            <tr>
              {shown.map((column) => (
                <th key={column.name} scope="col" className={side(column)}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {shown.map((column, index) => (
                  <td key={column.name} className={side(column)}>
                    {column.cell(row)}
                    {columns[index]?.note?.(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {foot && (
            <tfoot>
              <tr>
                {shown.map((column, index) => (
                  <td key={column.name} className={side(column)}>
                    {column.foot(foot[index])}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {(wantsExact || shown.some(({ isExact }) => !isExact)) && (
        <p className="table-foot">
          <span>{wantsExact ? t('精确到分和克') : t('末位之后舍去，各行相加可能小于合计')}</span>
          <button
            type="button"
            className="text-button no-print"
            aria-pressed={wantsExact}
            onClick={() => setExact(!wantsExact)}
          >
            {t('精确到分')}
          </button>
        </p>
      )}
    </>
  );
}
