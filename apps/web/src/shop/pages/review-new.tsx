import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useSearch } from 'wouter';
import { useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { pictureOf } from '../../shared/pictures.js';
import { Icon } from '../../shared/ui/icon.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { isUnderWay, usePhotos } from '../../shared/use-photos.js';
import { ASKABLE, type AskableLine } from '../askable.documents.js';
import { POST_REVIEW } from '../review.documents.js';

const PHOTOS_MAX = 6;
const TEXT_MAX = 1_000;

/** What so many stars say, for whoever cannot see them. */
const starWord = (rating: number): string =>
  [t('很差'), t('不太好'), t('还行'), t('不错'), t('很好')][rating - 1] ?? '';

/** Said so often that nobody has to type it. */
const sayings = (): readonly string[] => [t('新鲜，味道正'), t('包得严实，没有坏的'), t('下次还买')];

function Stars({ rating, choose }: { rating: number; choose: (rating: number) => void }) {
  return (
    <fieldset className="rate">
      <legend>{t('您觉得怎么样')}</legend>
      <div className="rate-stars">
        {[1, 2, 3, 4, 5].map((star) => (
          <label key={star} className={star <= rating ? 'is-lit' : ''}>
            <input
              type="radio"
              name="rating"
              className="hidden"
              checked={star === rating}
              onChange={() => choose(star)}
            />
            <Icon name="star" />
            <span className="hidden">{t('{n} 星，{word}', { n: star, word: starWord(star) })}</span>
          </label>
        ))}
      </div>
      <p aria-hidden="true">{starWord(rating)}</p>
    </fieldset>
  );
}

function Form({ orderId, line }: { orderId: string; line: AskableLine }) {
  const [draft, change, forget] = useDraft<{ rating: number; text: string; photos: readonly string[] }>(
    `review:${line.id}`,
    { rating: 0, text: '', photos: [] },
    sessionStorage,
  );
  const photos = usePhotos(`review:${line.id}`, draft.photos, (ids) => change({ photos: ids }), PHOTOS_MAX);
  const { act, isBusy, refusal } = useAct(POST_REVIEW);
  const [posted, setPosted] = useState<{ state: string; stateReason: string } | null>(null);
  const isSending = isUnderWay(photos.shots);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { rating, text } = draft;
    void act({
      input: { orderLineId: line.id, rating, text: text.trim(), photoIds: [...draft.photos] },
    }).then((done) => {
      if (!done) return;
      forget();
      setPosted(done.review);
    });
  };
  if (posted)
    return (
      <section className="panel is-benefit big-state" role="status">
        <Icon name="check" />
        <h2>{t('写好了，谢谢您')}</h2>
        <p>
          {posted.state === 'SHOWN' ? t('大家都看得到了。') : t('有人看过以后就显示。')}
          {posted.stateReason}
        </p>
        <Link className="button" href={`/orders/${orderId}`}>
          {t('回到订单')}
        </Link>
      </section>
    );
  return (
    <form className="panels" onSubmit={submit}>
      <section className="panel">
        <div className="cart-line">
          <img src={pictureOf(line.productName, '')} alt="" width="88" height="66" />
          <p className="cart-line-text">
            <b>{line.productName}</b>
            <small>{line.variantName}</small>
          </p>
        </div>
        <Stars rating={draft.rating} choose={(rating) => change({ rating })} />
      </section>
      <section className="panel">
        <label className="field">
          <span>{t('说说好不好（可以不写）')}</span>
          <textarea
            rows={4}
            maxLength={TEXT_MAX}
            value={draft.text}
            onInput={(event) => change({ text: event.currentTarget.value })}
          />
        </label>
        <div className="chips">
          {sayings().map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              disabled={draft.text.includes(each)}
              onClick={() => change({ text: draft.text === '' ? each : `${draft.text}${t('，')}${each}` })}
            >
              {each}
            </button>
          ))}
        </div>
        <PhotoPicker photos={photos} label={t('晒照片（可以不拍）')} max={PHOTOS_MAX} />
        <p className="note">{t('您的名字只显示第一个字。评价写了就不能改。')}</p>
      </section>
      <RefusalNote refusal={refusal} />
      <button
        type="submit"
        className="button is-warm is-wide"
        disabled={draft.rating === 0 || isSending || isBusy}
      >
        {isBusy ? t('正在提交…') : isSending ? t('照片还在传…') : t('发表评价')}
      </button>
    </form>
  );
}

function Body({ orderId, lineId }: { orderId: string; lineId: string }) {
  const [{ data, error }, again] = useQuery({
    query: ASKABLE,
    variables: { orderId },
    requestPolicy: 'network-only',
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-picture" count={2} />;
  const line = data.order?.merchantOrders.flatMap(({ lines }) => lines).find(({ id }) => id === lineId);
  if (!line)
    return (
      <Empty icon="star" title={t('这里看不到：它不在，或者是别人的。')}>
        <Link className="button" href="/orders">
          {t('我的订单')}
        </Link>
      </Empty>
    );
  return <Form orderId={orderId} line={line} />;
}

/** How the goods of one line were: stars, words, photos. `?order=ord_…&line=orl_…` */
export default function ReviewNew() {
  const said = new URLSearchParams(useSearch());
  return (
    <>
      <TopBar title={t('写评价')} />
      <main id="main" className="page is-narrow">
        <Body orderId={said.get('order') ?? ''} lineId={said.get('line') ?? ''} />
      </main>
    </>
  );
}
