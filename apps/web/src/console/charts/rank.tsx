import { Link } from 'wouter';

export interface RankRow {
  readonly key: string;
  readonly name: string;
  /** Null where it leads no further. */
  readonly href: string | null;
  /** In hundredths of the first. */
  readonly share: number;
  readonly figures: readonly string[];
}

/** The first ones, each with a bar as long as its share of the first. */
export function Rank({ rows, heads }: { rows: readonly RankRow[]; heads: readonly string[] }) {
  return (
    <div className="rank">
      <p className="rank-heads" aria-hidden="true">
        {heads.map((head) => (
          <span key={head}>{head}</span>
        ))}
      </p>
      <ol>
        {rows.map(({ key, name, href, share, figures }, index) => (
          <li key={key}>
            <i className={index < 3 ? 'is-first' : ''}>{index + 1}</i>
            {href === null ? <span className="rank-name">{name}</span> : <Link href={href}>{name}</Link>}
            {figures.map((figure, at) => (
              <b key={heads[at]}>
                <span className="hidden">{heads[at]} </span>
                {figure}
              </b>
            ))}
            <u aria-hidden="true">
              <s style={{ width: `${Math.max(0, Math.min(100, share))}%` }} />
            </u>
          </li>
        ))}
      </ol>
    </div>
  );
}
