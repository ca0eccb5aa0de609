import { type ReactNode, useState } from 'react';
import { t } from '../../shared/i18n.js';

export interface View {
  readonly name: string;
  readonly show: () => ReactNode;
}

/** Something about the figures, in one of several views; whatever is drawn can be read as a table. */
export function Panel({
  title,
  note,
  views,
  first = 0,
  className = '',
}: {
  title: string;
  /** Unit and period. */
  note: string;
  views: readonly View[];
  first?: number;
  className?: string;
}) {
  const [chosen, setChosen] = useState<number | null>(null);
  const at = chosen ?? first;
  return (
    <section className={`panel ${className}`}>
      <header className="panel-head">
        <h2>{title}</h2>
        <p>{note}</p>
        {views.length > 1 && (
          <div className="segments" role="group" aria-label={t('{title}的看法', { title })}>
            {views.map(({ name }, index) => (
              <button key={name} type="button" aria-pressed={index === at} onClick={() => setChosen(index)}>
                {name}
              </button>
            ))}
          </div>
        )}
      </header>
      <div className="panel-body">{views[at]?.show()}</div>
    </section>
  );
}
