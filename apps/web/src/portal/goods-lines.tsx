interface Named {
  readonly id: string;
  readonly productName: string;
  readonly variantName: string;
}

/** What is in a parcel or an order, in large figures: whoever packs reads these first. */
export function GoodsLines<Line extends Named>({
  lines,
  countOf,
}: {
  lines: readonly Line[];
  countOf: (line: Line) => number;
}) {
  return (
    <ul className="goods-lines">
      {lines.map((line) => (
        <li key={line.id}>
          <span>
            {line.productName} <small>{line.variantName}</small>
          </span>
          <b>×{countOf(line)}</b>
        </li>
      ))}
    </ul>
  );
}
