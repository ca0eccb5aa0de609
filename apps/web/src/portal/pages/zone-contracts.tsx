import { useQuery } from 'urql';
import { Link } from 'wouter';
import { longDayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { contractWord } from '../place/contract-words.js';
import { PlaceNav } from '../place/place-nav.js';
import { PlaceOwner } from '../place/place-owner.js';
import { ZONE_CONTRACTS } from '../zone-contract.documents.js';

function Contracts(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: ZONE_CONTRACTS,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.zoneContracts}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="receipt" title={t('还没有合同。一份合同可以管很多家店，不用一家一家签。')} />}
    >
      {data?.zoneContracts.nodes.map((contract) => (
        <Link key={contract.id} href={`/zone-contracts/${contract.id}`} className="card">
          <span className="card-head">
            <b>{contract.number}</b>
            <span className={`tag${contract.isHolding ? '' : ' is-warm'}`}>{contractWord(contract)}</span>
            <Icon name="right" />
          </span>
          <small>
            {contract.divisionName} · {t('{n} 家店', { n: contract.shopCount })}
            {contract.renewsId !== null && ` · ${t('续签')}`}
          </small>
          <small>
            {t('{from}到{to}', { from: longDayOf(contract.validFrom), to: longDayOf(contract.validTo) })}
          </small>
        </Link>
      ))}
    </ListPart>
  );
}

/** Contracts of a host, each for many of its shops. */
export default function ZoneContracts() {
  return (
    <>
      <TopBar title={t('合同')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <PlaceNav at="contracts" />
          <div className="panels">
            <Link className="button is-large is-wide" href="/zone-contracts/new">
              <Icon name="plus" />
              {t('交一份合同')}
            </Link>
            <List show={(place) => <Contracts {...place} />} />
          </div>
        </PlaceOwner>
      </main>
    </>
  );
}
