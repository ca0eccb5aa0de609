import { useQuery } from 'urql';
import { Link } from 'wouter';
import { longDayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { PLACE } from '../place.documents.js';
import { ProposalForm } from '../place/proposal-form.js';
import { OpenStep, PhotoStep, StopStep } from '../place/step-form.js';
import { type OwnPlace, kindWord, nextWord, stateWord, stepWord } from '../place/words.js';
import { PlaceOwner } from '../place/place-owner.js';

function About({ place }: { place: OwnPlace }) {
  const { name, kind, state, address, hostName, documentNo, openedOn, contractedTo } = place;
  const rows = [
    [t('类别'), kindWord(kind)],
    [t('在哪里'), [hostName, address].filter(Boolean).join(' · ')],
    [t('批准文号'), documentNo],
    [t('开业日期'), openedOn === null ? '' : longDayOf(openedOn)],
    [t('合同到期'), contractedTo === null ? '' : longDayOf(contractedTo)],
  ].filter(([, value]) => value !== '');
  return (
    <section className="panel">
      <p className="card-head">
        <b>{name}</b>
        <span className={`tag${state === 'OPEN' ? '' : ' is-warm'}`}>{stateWord(state)}</span>
      </p>
      <dl className="check">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="note">{nextWord(place)}</p>
    </section>
  );
}

function Steps({ place: { id, steps } }: { place: OwnPlace }) {
  return (
    <section className="panel">
      <h2>{t('办理经过')}</h2>
      <ol className="people">
        {[...steps].reverse().map(({ number, act, side, reason, effectiveOn, files }) => (
          <li key={number}>
            <p className="card-head">
              <b>{stepWord(act)}</b>
              {side === 'OFFICE' && <span className="tag">{t('主管部门')}</span>}
              <small>{longDayOf(effectiveOn)}</small>
            </p>
            {reason !== '' && <p>{reason}</p>}
            {files.length > 0 && (
              <p className="people-foot">
                {files.map((file, index) => (
                  <a key={file.id} href={`/places/${id}/files/${file.id}`} download={file.name}>
                    {t('附件 {n}', { n: index + 1 })}
                  </a>
                ))}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Found({ id }: { id: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: PLACE,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const { place } = data;
  if (!place) return <Empty icon="hall" title={t('没有这个点，或者不是您的。')} />;
  const { state, heldBy, revision } = place;
  const takesPhotos = state === 'PROPOSED' || state === 'APPROVED';
  const opens = state === 'INSPECTED' || (state === 'SUSPENDED' && heldBy === 'OPERATOR');
  return (
    <div className="panels">
      <About place={place} />
      {takesPhotos && <PhotoStep key={revision} place={place} changed={look} />}
      {opens && <OpenStep place={place} changed={look} />}
      {state !== 'PROPOSED' && state !== 'SITE_AGREED' && state !== 'CLOSED' && (
        <nav className="panel rows" aria-label={t('这里卖什么')}>
          <Link href={`/range/new?place=${id}`}>
            <Icon name="box" />
            <span>{t('给这里选货')}</span>
            <Icon name="right" />
          </Link>
        </nav>
      )}
      {state === 'PROPOSED' && (
        <details className="panel fold">
          <summary>{t('改一改申报的内容')}</summary>
          <ProposalForm key={revision} place={place} saved={look} />
        </details>
      )}
      <Steps place={place} />
      {state !== 'CLOSED' && <StopStep key={`stop ${revision}`} place={place} changed={look} />}
    </div>
  );
}

/** One place, from its proposal to its end. */
export default function OnePlace({ id }: { id: string }) {
  return (
    <>
      <TopBar title={t('专馆和专区')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <Found id={id} />
        </PlaceOwner>
      </main>
    </>
  );
}
