import { useQuery } from 'urql';
import { useLocation, useSearch } from 'wouter';
import { named, t } from '../shared/i18n.js';
import { FACETS } from './catalog.documents.js';
import { type ShelfQuery, withSaid } from './shelf-query.js';

const sorts = (): readonly [ShelfQuery['sort'], string][] => [
  ['SOLD', t('卖得多')],
  ['NEWEST', t('新上架')],
  ['PRICE_UP', t('价格低')],
  ['PRICE_DOWN', t('价格高')],
  ['JIN_PRICE', t('斤价低')],
];

interface Choice {
  readonly value: string;
  readonly name: string;
  readonly count?: number;
}

function Choices({ title, name, choices }: { title: string; name: string; choices: readonly Choice[] }) {
  const search = useSearch();
  const [path, go] = useLocation();
  const chosen = new URLSearchParams(search).get(name);
  return (
    <fieldset className="choices">
      <legend>{title}</legend>
      <div className="chips">
        {choices.map(({ value, name: label, count }) => (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed={chosen === value}
            onClick={() =>
              go(withSaid(path, search, name, chosen === value ? null : value), { replace: true })
            }
          >
            {label}
            {count !== undefined && <small>{count}</small>}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** The order of a list; one tap each. */
export function Sorts({ sort }: { sort: ShelfQuery['sort'] }) {
  const search = useSearch();
  const [path, go] = useLocation();
  return (
    <div className="sorts" role="group" aria-label={t('排序')}>
      {sorts().map(([value, name]) => (
        <button
          key={value}
          type="button"
          aria-pressed={sort === value}
          onClick={() => go(withSaid(path, search, 'sort', value), { replace: true })}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** What one could narrow by next, with how much would be left. */
export function Filters({ query }: { query: ShelfQuery }) {
  const [{ data }] = useQuery({ query: FACETS, variables: { filter: query.filter } });
  const facets = data?.productFacets;
  if (!facets) return null;
  return (
    <div className="filters">
      <Choices
        title={t('只看')}
        name="certified"
        choices={[{ value: '1', name: t('认定产品'), count: facets.certifiedCount }]}
      />
      <Choices title={t('现货')} name="available" choices={[{ value: '1', name: t('现在有货') }]} />
      <Choices title={t('预售')} name="presold" choices={[{ value: '1', name: t('摘下来就发') }]} />
      <Choices
        title={t('分类')}
        name="category"
        choices={facets.categories.map(({ category, productCount }) => ({
          value: category.code,
          name: named(category),
          count: productCount,
        }))}
      />
      <Choices
        title={t('产地')}
        name="county"
        choices={facets.counties.map(({ county, productCount }) => ({
          value: county.code,
          name: county.name,
          count: productCount,
        }))}
      />
      <Choices
        title={t('时令')}
        name="month"
        choices={facets.months.map(({ month, productCount }) => ({
          value: String(month),
          name: t('{month} 月', { month }),
          count: productCount,
        }))}
      />
    </div>
  );
}
