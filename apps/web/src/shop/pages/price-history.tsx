import { useQuery } from 'urql';
import { exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { yuan } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { PRICE_HISTORY } from '../price.documents.js';

function Changes({ productId, ...place }: Place & { productId: string }) {
  const [{ data, error }, again] = useQuery({
    query: PRICE_HISTORY,
    variables: { productId, after: place.after },
  });
  return (
    <ListPart
      {...place}
      page={data?.priceHistory}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('价钱还没有变过。')}</p>}
    >
      <table className="prices">
        <thead>
          <tr>
            <th scope="col">{t('哪天起')}</th>
            <th scope="col">{t('规格')}</th>
            <th scope="col">{t('价钱')}</th>
            <th scope="col">{t('合一斤')}</th>
          </tr>
        </thead>
        <tbody>
          {data?.priceHistory.nodes.map(
            ({ id, variantName, priceFen, pricePer500gFen, reason, changedAt }) => (
              <tr key={id}>
                <td>{exactMomentOf(changedAt).slice(0, 10)}</td>
                <td>
                  {variantName}
                  {reason !== null && <small>{t('比一般的贵，审核说：{reason}', { reason })}</small>}
                </td>
                <td>¥{yuan(priceFen)}</td>
                <td>¥{yuan(pricePer500gFen)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </ListPart>
  );
}

/** What each size has cost, the latest first: anybody may look whether an offer is one. */
export default function PriceHistory({ productId }: { productId: string }) {
  return <List show={(place) => <Changes {...place} productId={productId} />} />;
}
