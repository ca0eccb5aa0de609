import { useQuery } from 'urql';
import { Link } from 'wouter';
import { longDayOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { PLACES } from '../place.documents.js';
import { PlaceNav } from '../place/place-nav.js';
import { kindWord, stateWord } from '../place/words.js';
import { PlaceOwner } from '../place/place-owner.js';

function OwnPlaces(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: PLACES,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.places}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="hall" title={t('还没有专馆或专区。申报、审批、建成、验收，通过了就能开业。')} />}
    >
      {data?.places.nodes.map(({ id, kind, name, state, address, hostName, contractedTo }) => (
        <Link key={id} href={`/places/${id}`} className="card">
          <span className="card-head">
            <b>{name}</b>
            <span className={`tag${state === 'OPEN' ? '' : ' is-warm'}`}>{stateWord(state)}</span>
            <Icon name="right" />
          </span>
          <small>
            {[kindWord(kind), hostName, address].filter((text) => text !== null && text !== '').join(' · ')}
          </small>
          {contractedTo !== null && (
            <small>
              {contractedTo < today()
                ? t('合同{day}已到期，不能再卖', { day: longDayOf(contractedTo) })
                : t('合同到{day}', { day: longDayOf(contractedTo) })}
            </small>
          )}
        </Link>
      ))}
    </ListPart>
  );
}

/** Pavilions and zones that one runs or has proposed. */
export default function Places() {
  return (
    <>
      <TopBar title={t('专馆和专区')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <PlaceNav at="places" />
          <div className="panels">
            <Link className="button is-large is-wide" href="/places/new">
              <Icon name="plus" />
              {t('申报新点')}
            </Link>
            <List show={(place) => <OwnPlaces {...place} />} />
          </div>
        </PlaceOwner>
      </main>
    </>
  );
}
