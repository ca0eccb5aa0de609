import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { dayOf } from '../shared/dates.js';
import { named, t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { Failure, Skeleton } from '../shared/ui/states.js';
import { SEASON_BOARD } from './insight.documents.js';

type Row = ResultOf<typeof SEASON_BOARD>['seasonBoard'][number];

const coverWord = (cover: Row['cover']): string =>
  ({ EMPTY: t('没有货'), UNSOLD: t('没卖动'), GLUT: t('多了'), FINE: t('正常') })[cover];

const kg = (weight: number): string => t('{n} 公斤', { n: weight.toLocaleString('en') });

function Kind({ row }: { row: Row }) {
  const { season, freeKg, comingKg, soldKg, coverDays, cover, overKg, demands } = row;
  return (
    <section className="panel">
      <h2>
        <Icon name="box" />
        {named(row)}
        <small>{coverWord(cover)}</small>
      </h2>
      {cover === 'GLUT' && (
        <p className="notice is-bad">
          {t('照这四周的卖法，有 {kg} 公斤到期前卖不完。', { kg: overKg.toLocaleString('en') })}
        </p>
      )}
      {cover === 'UNSOLD' && <p className="note">{t('四周没有卖出去。')}</p>}
      <dl className="sums">
        {season && (
          <div>
            <dt>{season.isOpen ? t('正当季') : t('下一季')}</dt>
            <dd>{t('{from} 到 {to}', { from: dayOf(season.opensOn), to: dayOf(season.closesOn) })}</dd>
          </div>
        )}
        <div>
          <dt>{t('手上有')}</dt>
          <dd>{kg(freeKg)}</dd>
        </div>
        <div>
          <dt>{t('还会收')}</dt>
          <dd>{kg(comingKg)}</dd>
        </div>
        <div>
          <dt>{t('四周卖了')}</dt>
          <dd>{kg(soldKg)}</dd>
        </div>
        {coverDays !== null && (
          <div>
            <dt>{t('够卖')}</dt>
            <dd>{t('{n} 天', { n: coverDays })}</dd>
          </div>
        )}
      </dl>
      {demands.length === 0 ? (
        <p className="note">{t('还没有单位说要这种货。')}</p>
      ) : (
        <>
          <h3>{t('正要这种货的单位')}</h3>
          <table className="bars is-named">
            <tbody>
              {demands.map(({ id, unitName, weightKg, fromOn, toOn, county, note }) => (
                <tr key={id}>
                  <th scope="row">
                    {unitName}
                    <small>
                      {t('{from} 到 {to}', { from: dayOf(fromOn), to: dayOf(toOn) })} · {county.fullName}
                    </small>
                    {note !== '' && <small>{note}</small>}
                  </th>
                  <td className="step-figure">{kg(weightKg)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

/** By kind of goods: what is there, whether it is too much, and which units need some. */
export function SeasonBoard({ merchantId }: { merchantId: string }) {
  const [{ data, error }, again] = useQuery({
    query: SEASON_BOARD,
    variables: { merchantId },
    requestPolicy: 'cache-and-network',
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  if (data.seasonBoard.length === 0) return null;
  return (
    <>
      <h2 className="heading">{t('哪些货多了，谁正要')}</h2>
      <div className="panels">
        {data.seasonBoard.map((row) => (
          <Kind key={row.kindCode} row={row} />
        ))}
      </div>
    </>
  );
}
