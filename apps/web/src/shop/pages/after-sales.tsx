import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { pictureOf } from '../../shared/pictures.js';
import { Price } from '../../shared/ui/price.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { CASES } from '../after-sale.documents.js';
import { kindWord, reasonWord } from '../case-kinds.js';
import { caseWord, waitsForBuyer } from '../case-words.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { isKnown } from '../visitor.js';

const Nothing = () => (
  <Empty icon="receipt" title={t('还没有售后。东西有问题，在订单里点“申请售后”。')}>
    <Link className="button" href="/orders">
      {t('我的订单')}
    </Link>
  </Empty>
);

function Part(place: Place) {
  const [{ data, error }, again] = useQuery({
    query: CASES,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.afterSales}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Nothing />}
    >
      {data?.afterSales.nodes.map((item) => (
        <Link key={item.id} href={`/after-sales/${item.id}`} className="panel order-card">
          <h2>
            {caseWord(item.state)}
            {waitsForBuyer(item.state) && <span className="tag">{t('等您')}</span>}
            <small>{momentOf(item.openedAt)}</small>
          </h2>
          <div className="order-lines">
            <img src={pictureOf(item.productName, '')} alt="" width="72" height="54" />
            <span>
              {item.productName}
              <small>
                {kindWord(item.kind)} · {reasonWord(item.reason)}
              </small>
            </span>
            <Price fen={item.grantedFen ?? item.askedFen} exact />
          </div>
        </Link>
      ))}
    </ListPart>
  );
}

/** What one has asked for after a sale, the latest first. */
export default function AfterSales() {
  return (
    <>
      <TopBar title={t('我的售后')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          {isKnown() ? <List show={(place) => <Part {...place} />} /> : <Nothing />}
        </div>
      </main>
    </>
  );
}
