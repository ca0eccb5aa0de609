export interface Share {
  readonly name: string;
  readonly value: number;
  readonly text: string;
  readonly percent: string;
}

const RADIUS = 44;
const AROUND = 2 * Math.PI * RADIUS;

/** Parts of a whole, in order of size; the words beside it say everything that it draws. */
export function Ring({ shares, total, unit }: { shares: readonly Share[]; total: string; unit: string }) {
  const sum = shares.reduce((all, { value }) => all + Math.max(0, value), 0);
  let before = 0;
  return (
    <div className="ring">
      <div className="ring-drawing">
        <svg viewBox="0 0 120 120" aria-hidden="true" focusable="false">
          <circle className="ring-ground" cx="60" cy="60" r={RADIUS} />
          {shares.map(({ name, value }, index) => {
            const size = sum === 0 ? 0 : (Math.max(0, value) / sum) * AROUND;
            const from = before;
            before += size;
            return (
              <circle
                key={name}
                className={`ring-part part-${index}`}
                cx="60"
                cy="60"
                r={RADIUS}
                strokeDasharray={`${Math.max(0, size - 1.5)} ${AROUND}`}
                strokeDashoffset={-from}
              />
            );
          })}
        </svg>
        <p>
          <b>{total}</b>
          {unit}
        </p>
      </div>
      <ul>
        {shares.map(({ name, text, percent }, index) => (
          <li key={name}>
            <i className={`part-${index}`} />
            <span>
              {name}
              <small>{text}</small>
            </span>
            <b>{percent}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
