import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, longDayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { CERTIFICATES, CERTIFICATIONS } from '../certification.documents.js';
import { certifications } from '../certification/drafts.js';
import { certificateWord, certificationWord } from '../certification/words.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { useHeard } from '../drafts.js';

/** What was typed on this phone and has not been brought to the service yet. */
function OnThisPhone() {
  const { merchant } = useDesk();
  useHeard();
  const alone = certifications.of(merchant.id).filter(({ id }) => id === null);
  return (
    <>
      {alone.map(({ key, about }) => (
        <Link key={key} className="card" href={`/certifications/${key}`}>
          <span className="card-head">
            <b>{about.productName}</b>
            <span className="tag is-warm">{t('没写完')}</span>
            <Icon name="right" />
          </span>
          <small>{t('只在这部手机上，写一个字就会送上去')}</small>
        </Link>
      ))}
    </>
  );
}

const isQuiet = (state: string): boolean => state === 'LISTED' || state === 'CONFIRMED';

function Applications(place: Place) {
  const { merchants } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: CERTIFICATIONS,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.certificationApplications}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={
        <Empty icon="certified" title={t('还没有申请过认定。认定了的货，买家信得过，单位采购也算数。')} />
      }
    >
      {data?.certificationApplications.nodes.map((item) => (
        <Link key={item.id} className="card" href={`/certifications/${item.id}`}>
          <span className="card-head">
            <b>{item.productName}</b>
            <span className={`tag${isQuiet(item.state) ? '' : ' is-warm'}`}>
              {certificationWord(item.state)}
            </span>
            <Icon name="right" />
          </span>
          <span className="card-foot">
            <small>
              {item.noticeTo !== null && item.state === 'ON_NOTICE'
                ? t('公示到 {day}', { day: dayOf(item.noticeTo) })
                : item.waitingSince === null
                  ? t('{day}写的', { day: dayOf(item.updatedAt) })
                  : t('{day}起在等', { day: dayOf(item.waitingSince) })}
            </small>
            {merchants.length > 1 && <small>{item.merchantName}</small>}
          </span>
        </Link>
      ))}
    </ListPart>
  );
}

function Certificates(place: Place) {
  const [{ data, error }, again] = useQuery({
    query: CERTIFICATES,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.certificationEntries}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('还没有进目录的货。')}</p>}
    >
      {data?.certificationEntries.nodes.map(
        ({ id, state, productName, catalogueNo, validTo, termEndsAt, revocation }) => (
          <section key={id} className="card">
            <p className="card-head">
              <b>{productName}</b>
              <span className={`tag${state === 'IN_FORCE' ? '' : ' is-warm'}`}>{certificateWord(state)}</span>
            </p>
            <p className="code">{catalogueNo}</p>
            <small>
              {t('到 {day}前有效', { day: longDayOf(validTo.slice(0, 10)) })}
              {termEndsAt !== null &&
                t('，复核过可以延到 {day}前', { day: longDayOf(termEndsAt.slice(0, 10)) })}
            </small>
            {revocation && <p className="notice is-bad">{revocation.reason}</p>}
          </section>
        ),
      )}
    </ListPart>
  );
}

/** What this merchant wants recognised, and what is. */
export default function Certifications() {
  return (
    <>
      <TopBar title={t('产品认定')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <div className="panels">
            <Link className="button is-wide is-large" href="/certifications/new">
              <Icon name="plus" />
              {t('申请认定一样货')}
            </Link>
            <OnThisPhone />
            <List show={(place) => <Applications {...place} />} />
          </div>
          <h2 className="heading">{t('在目录里的')}</h2>
          <List show={(place) => <Certificates {...place} />} />
        </OwnerOnly>
      </main>
    </>
  );
}
