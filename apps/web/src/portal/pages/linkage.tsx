import { useQuery } from 'urql';
import { Link } from 'wouter';
import { longDayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { LINKAGES } from '../linkage.documents.js';
import { agreementWord, kindWord } from '../linkage/words.js';

function Agreements(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: LINKAGES,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.linkageAgreements}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={
        <Empty
          icon="heart"
          title={t('还没有和农户签协议。签了、付了、拍了照，才算帮到了人，认定也看这个。')}
        />
      }
    >
      {data?.linkageAgreements.nodes.map(({ id, kind, state, startsOn, endsBefore, households }) => (
        <Link key={id} href={`/linkage/${id}`} className="card">
          <span className="card-head">
            <b>{kindWord(kind)}</b>
            <span className={`tag${state === 'ACTIVE' ? '' : ' is-warm'}`}>{agreementWord(state)}</span>
            <Icon name="right" />
          </span>
          <small>
            {t('{n} 户', { n: households.length })} ·{' '}
            {endsBefore === null
              ? t('{day}起', { day: longDayOf(startsOn) })
              : t('{from}起，{to}前', { from: longDayOf(startsOn), to: longDayOf(endsBefore) })}
          </small>
        </Link>
      ))}
    </ListPart>
  );
}

/** What has been agreed with households. */
export default function Linkage() {
  return (
    <>
      <TopBar title={t('帮扶农户')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <div className="panels">
            <Link className="button is-wide is-large" href="/linkage/new">
              <Icon name="plus" />
              {t('签一份新协议')}
            </Link>
            <List show={(place) => <Agreements {...place} />} />
          </div>
        </OwnerOnly>
      </main>
    </>
  );
}
