import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { GoodsNav } from '../goods-nav.js';
import { BATCHES } from '../harvest.documents.js';
import { grouped, kgOf } from '../harvest/words.js';

type Batch = ResultOf<typeof BATCHES>['harvestBatches']['nodes'][number];

/** The one thing about it that somebody has to see. */
export function BatchTag({
  batch: { stops, reviewState, closedAt, testReport },
}: {
  batch: Pick<Batch, 'stops' | 'reviewState' | 'closedAt' | 'testReport'>;
}) {
  if (stops.includes('RECALLED')) return <span className="tag is-alarm">{t('已召回')}</span>;
  if (stops.includes('TEST_FAILED')) return <span className="tag is-alarm">{t('检测不合格')}</span>;
  if (reviewState === 'WAITING') return <span className="tag is-warm">{t('等县里审')}</span>;
  if (closedAt !== null) return <span className="tag">{t('收完了')}</span>;
  return testReport === null ? <span className="tag is-warm">{t('没有检测报告')}</span> : null;
}

function BatchCard({ batch }: { batch: Batch }) {
  const {
    id,
    traceCode,
    productName,
    villageName,
    countyName,
    harvestedFrom,
    weightG,
    receivedG,
    presaleId,
  } = batch;
  return (
    <Link className="card" href={`/batches/${id}`}>
      <p className="card-head">
        <b>{productName}</b>
        <BatchTag batch={batch} />
        <Icon name="right" />
      </p>
      <p className="card-foot">
        <small>
          {t('{day}采收', { day: dayOf(harvestedFrom) })} · {villageName ?? countyName}
        </small>
        <small className="code">{grouped(traceCode)}</small>
      </p>
      {weightG !== null && (
        <p className="card-foot">
          <small>
            {presaleId === null
              ? t('一共 {all} 公斤，入库 {in} 公斤', { all: kgOf(weightG), in: kgOf(receivedG) })
              : t('预售的一批，一共 {all} 公斤', { all: kgOf(weightG) })}
          </small>
        </p>
      )}
    </Link>
  );
}

function Part(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: BATCHES,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const page = data?.harvestBatches;
  return (
    <ListPart
      {...place}
      page={page}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="box" title={t('还没有登记批次。采一批，登记一批，买家扫码就能看到是哪个村的。')} />}
    >
      {page?.nodes.map((batch) => (
        <BatchCard key={batch.id} batch={batch} />
      ))}
    </ListPart>
  );
}

/** What was harvested, the latest first. */
export default function Batches() {
  const { merchant } = useDesk();
  return (
    <>
      <TopBar title={t('批次')} />
      <main id="main" className="page is-narrow">
        <GoodsNav at="batches" />
        <Link className="button is-wide is-large" href="/batches/new">
          <Icon name="plus" />
          {t('登记新的一批')}
        </Link>
        <List key={merchant.id} show={(place) => <Part {...place} />} />
      </main>
    </>
  );
}
