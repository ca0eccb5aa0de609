import type { ResultOf } from 'gql.tada';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { dayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Stars } from '../../shared/ui/stars.js';
import { Empty, RefusalNote } from '../../shared/ui/states.js';
import { useDesk } from '../desk.js';
import { useDraft } from '../../shared/draft.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { REPLY, REVIEWS } from '../review.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';

type Review = ResultOf<typeof REVIEWS>['reviews']['nodes'][number];

/** Said so often that nobody has to type it. */
const answers = (): readonly string[] => [
  t('谢谢您，吃得好再来！'),
  t('对不住，我们改。'),
  t('请在订单里申请售后，我们给您处理。'),
];

/** An answer stands once and for all, and everybody reads it. */
function Reply({ review }: { review: Review }) {
  const [isOpen, setOpen] = useState(false);
  const [draft, change, forget] = useDraft(`reply:${review.id}`, { text: '' });
  const { act, isBusy, refusal } = useAct(REPLY);
  if (!isOpen)
    return (
      <button type="button" className="button is-quiet" onClick={() => setOpen(true)}>
        {t('回一句')}
      </button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ id: review.id, text: draft.text.trim() }).then((done) => done && forget());
  };
  return (
    <form className="form" onSubmit={submit}>
      <div className="chips">
        {answers().map((text) => (
          <button
            key={text}
            type="button"
            className="chip"
            aria-pressed={draft.text === text}
            onClick={() => change({ text })}
          >
            {text}
          </button>
        ))}
      </div>
      <label className="field">
        <span>{t('大家都看得到，只能回一次')}</span>
        <textarea
          rows={3}
          maxLength={1000}
          value={draft.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </label>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button is-wide" disabled={isBusy || draft.text.trim() === ''}>
        {t('发出回复')}
      </button>
    </form>
  );
}

function ReviewCard({ review }: { review: Review }) {
  const { rating, text, shownName, variantName, postedAt, reply } = review;
  return (
    <section className="panel">
      <p className="card-head">
        <Stars count={rating} />
        <span>{shownName}</span>
      </p>
      <p>{text === '' ? t('没有写字') : text}</p>
      <small>
        {variantName} · {dayOf(postedAt)}
      </small>
      {reply === null ? (
        <Reply review={review} />
      ) : (
        <p className="reply">
          <b>{t('我们回的')}</b> {reply}
        </p>
      )}
    </section>
  );
}

function Part(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: REVIEWS,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.reviews}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="star" title={t('还没有评价。')} />}
    >
      {data?.reviews.nodes.map((review) => (
        <ReviewCard key={review.id} review={review} />
      ))}
    </ListPart>
  );
}

/** What buyers say, and what one says to it. */
export default function Reviews() {
  return (
    <>
      <TopBar title={t('评价')} />
      <main id="main" className="page is-narrow">
        <List show={(place) => <Part {...place} />} />
      </main>
    </>
  );
}
