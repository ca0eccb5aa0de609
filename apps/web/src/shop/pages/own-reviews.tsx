import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Empty } from '../../shared/ui/states.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { OWN_REVIEWS } from '../review.documents.js';
import { Stars } from '../../shared/ui/stars.js';
import { MemberOnly } from './member-only.js';

function Part(place: Place) {
  const [{ data, error }, again] = useQuery({
    query: OWN_REVIEWS,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.ownReviews}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="star" title={t('还没有写过评价。收到货以后，在订单里写。')} />}
    >
      {data?.ownReviews.nodes.map((review) => (
        <section key={review.id} className="panel">
          <p className="review-head">
            <Stars count={review.rating} />
            {review.state !== 'SHOWN' && <span className="tag">{t('没有显示')}</span>}
            <small>{dayOf(review.postedAt)}</small>
          </p>
          {review.text !== '' && <p>{review.text}</p>}
          {review.stateReason !== '' && <p className="note">{review.stateReason}</p>}
          {review.photos.length > 0 && (
            <div className="review-photos">
              {review.photos.map(({ path }) => (
                <img
                  key={path}
                  src={`${path}?size=SMALL`}
                  alt={t('买家拍的照片')}
                  width="96"
                  height="96"
                  loading="lazy"
                />
              ))}
            </div>
          )}
          {review.reply !== null && (
            <p className="reply">
              <b>{t('卖家回复：')}</b>
              {review.reply}
            </p>
          )}
          <Link className="link" href={`/products/${review.productId}`}>
            {t('看商品')}
          </Link>
        </section>
      ))}
    </ListPart>
  );
}

/** What one has written, the latest first, shown or not. */
export default function OwnReviews() {
  return (
    <MemberOnly title={t('我的评价')} icon="star" why={t('登录后能看到自己写的评价。')} path="/reviews">
      <div className="panels">
        <List show={(place) => <Part {...place} />} />
      </div>
    </MemberOnly>
  );
}
