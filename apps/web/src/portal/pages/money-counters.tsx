import { useQuery } from 'urql';
import { Link } from 'wouter';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { COUNTER_MONEY } from '../money.documents.js';

function Part(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: COUNTER_MONEY,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.counterMoney}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="hall" title={t('您没有管着的专柜。')} />}
    >
      {data?.counterMoney.nodes.map(({ counterId, name, address, amounts, bankAccountState }) => (
        <Link key={counterId} href={`/money?counter=${counterId}`} className="card is-row">
          <span>
            <b>{name}</b>
            <small>{address}</small>
            {amounts.netFen !== '0' && bankAccountState === null && <small>{t('还没有银行账户')}</small>}
          </span>
          <b className="step-figure">{amountOf(amounts.netFen)}</b>
          <Icon name="right" />
        </Link>
      ))}
    </ListPart>
  );
}

/** What each counter that the merchant runs has earned and not yet been paid. */
export default function MoneyCounters() {
  return (
    <>
      <TopBar title={t('专柜分成')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <p className="note counter-head">{t('在您的专柜卖出的，您分一份。每个专柜单独算、单独打款。')}</p>
          <List show={(place) => <Part {...place} />} />
        </OwnerOnly>
      </main>
    </>
  );
}
