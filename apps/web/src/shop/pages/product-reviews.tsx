import type { ResultOf } from 'gql.tada';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Skeleton } from '../../shared/ui/states.js';
import type { VOICES } from '../product.documents.js';
import { Stars } from '../../shared/ui/stars.js';

type Voices = NonNullable<ResultOf<typeof VOICES>['product']>;

/** What buyers say, with photos, and what the seller answers. */
export function Reviews({ voices }: { voices: Voices | null }) {
  if (!voices)
    return (
      <section className="panel">
        <Skeleton className="is-line" count={3} />
      </section>
    );
  const { reviewSummary, reviews } = voices;
  return (
    <section className="panel">
      <h2>
        <Icon name="star" />
        {t('评价')}
        {reviewSummary && (
          <small>
            {t('{score} 分 · {n} 条', {
              score: (reviewSummary.averageHundredths / 100).toFixed(1),
              n: reviewSummary.count,
            })}
          </small>
        )}
      </h2>
      {reviews.nodes.length === 0 && <p className="note">{t('还没有人评价')}</p>}
      <ul className="reviews">
        {reviews.nodes.map((review) => (
          <li key={review.id}>
            <p className="review-head">
              <b>{review.shownName}</b>
              <Stars count={review.rating} />
              <small>{dayOf(review.postedAt)}</small>
            </p>
            <p>{review.text}</p>
            {review.photos.length > 0 && (
              <div className="review-photos">
                {review.photos.map(({ path }) => (
                  <a key={path} href={path} target="_blank" rel="noreferrer">
                    <img
                      src={`${path}?size=SMALL`}
                      alt={t('买家拍的照片')}
                      width="96"
                      height="96"
                      loading="lazy"
                    />
                  </a>
                ))}
              </div>
            )}
            {review.reply !== null && (
              <p className="reply">
                <b>{t('卖家回复：')}</b>
                {review.reply}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
