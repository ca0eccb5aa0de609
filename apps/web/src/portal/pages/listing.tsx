import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { useDesk } from '../desk.js';
import { LISTING, LISTING_TAKE_BACK } from '../listing.documents.js';
import { isTyped, useHeard } from '../drafts.js';
import { listings } from '../listing/drafts.js';
import { Choose } from '../saving.js';
import { Editor } from '../listing/editor.js';
import { type Form, type Listing, formOf, jinOf } from '../listing/form.js';
import { actWord, gradeWord } from '../listing/words.js';

/** What happened to it, the latest first, with what a reviewer has said. */
function Steps({ steps }: Pick<Listing, 'steps'>) {
  if (steps.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="clock" />
        {t('经过')}
      </h2>
      <ol className="way">
        {[...steps].reverse().map(({ act, reason, fields, at }) => (
          <li key={`${act} ${at}`}>
            <span>
              <b>{actWord(act)}</b>
              {reason !== '' && <span className="said">{reason}</span>}
              {fields.map(({ path, message }) => (
                <span key={path} className="said">
                  {message}
                </span>
              ))}
              <small>{momentOf(at)}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** As it was handed in: nothing to be typed any more. */
function Shown({ listing, changed }: { listing: Listing; changed: () => void }) {
  const { content, state, isPriceHeld } = listing;
  const { act, isBusy, refusal } = useAct(LISTING_TAKE_BACK, changed);
  return (
    <div className="panels">
      <p className={`notice${state === 'SUBMITTED' ? '' : ' is-good'}`} role="status">
        {state === 'SUBMITTED'
          ? isPriceHeld
            ? t('县里在看。价钱比一般的贵不少，要他们说出理由才能卖。')
            : t('县里在看，看好了就上架，不用做什么。')
          : state === 'APPROVED'
            ? t('通过了，已经在卖。')
            : t('撤回了，没有上架。')}
      </p>
      <section className="panel">
        <h2>{content.name}</h2>
        <ul className="shots">
          {content.photoIds.map((photoId, index) => (
            <li key={photoId} className="shot">
              <img
                src={`/listings/${listing.id}/photos/${photoId}?size=SMALL`}
                alt={t('照片 {n}', { n: index + 1 })}
              />
            </li>
          ))}
        </ul>
        <ul className="goods-lines">
          {content.variants.map(({ name, grade, netWeightG, priceFen }) => (
            <li key={`${name} ${netWeightG} ${grade}`}>
              <span>
                {name}{' '}
                <small>
                  {t('{n} 斤', { n: jinOf(netWeightG ?? 0) })} · {gradeWord(grade ?? 'UNGRADED')}
                </small>
              </span>
              <span className="price">{amountOf(priceFen ?? '0')}</span>
            </li>
          ))}
        </ul>
        <p>{content.description}</p>
      </section>
      <Steps steps={listing.steps} />
      <RefusalNote refusal={refusal} />
      {state === 'SUBMITTED' && (
        <SureButton
          className="button is-quiet is-wide"
          name={t('拿回来改')}
          sure={t('拿回来就先不审了，改好再交。再按一次')}
          isBusy={isBusy}
          act={() => void act({ id: listing.id }).then((done) => done && changed())}
        />
      )}
    </div>
  );
}

const tell = ({ name, packs }: Form) =>
  `${name === '' ? t('没有名字') : name} · ${packs.map(({ jin, yuan }) => t('{jin} 斤 {yuan} 元', { jin, yuan })).join(' · ')}`;

/** What a reviewer wants mended, as it was said last. */
const returnedStep = (listing: Listing | null | undefined) =>
  listing?.state === 'RETURNED' ? listing.steps[listing.steps.length - 1] : undefined;

function Returned({ listing }: { listing: Listing | null | undefined }) {
  const last = returnedStep(listing);
  if (last?.act !== 'RETURNED') return null;
  return (
    <p className="notice is-bad" role="status">
      {t('退回来了：{reason}', { reason: last.reason })}
    </p>
  );
}

function Page({ id }: { id: string }) {
  const { merchant } = useDesk();
  useHeard();
  const draft = listings.find(merchant.id, id);
  const listingId = draft?.id ?? (id.startsWith('lst_') ? id : null);
  const [{ data: answer, error, fetching }, again] = useQuery({
    query: LISTING,
    variables: { id: listingId ?? '' },
    // A draft that has become one while it was typed is known already.
    pause: listingId === null || (draft !== null && !id.startsWith('lst_') && draft.revision < 2),
    requestPolicy: 'network-only',
  });
  const data = useLast(answer);
  const listing = data?.listing;
  const [isToChoose, setToChoose] = useState(false);
  // Each choice begins the form anew, with what was chosen.
  const [round, setRound] = useState(0);
  // Whoever has begun to type is not interrupted by a look at what is there.
  const isOpen = useRef(false);
  useEffect(() => {
    if (listing) setToChoose(listings.meet(merchant.id, listing));
  }, [listing]);
  const look = () => again({ requestPolicy: 'network-only' });
  const chosen = () => {
    setToChoose(false);
    setRound(round + 1);
  };
  const isOver = listing && !isTyped(listing);

  if (isOver)
    return (
      <>
        {draft?.isDirty === true && (
          <p className="notice is-bad">{t('这份已经交了。这部手机上后来写的还留着，退回来了再说。')}</p>
        )}
        <Shown listing={listing} changed={look} />
      </>
    );
  if (isToChoose && draft && listing)
    return (
      <Choose
        title={t('别的手机也改了这样货')}
        ours={tell(draft.form)}
        theirs={tell(formOf(listing.content))}
        takeOurs={() => {
          listings.takeOurs(draft, listing);
          chosen();
        }}
        takeTheirs={() => {
          listings.takeTheirs(draft, listing);
          chosen();
        }}
      />
    );
  if (draft && (isOpen.current || draft.isDirty || !fetching || data !== undefined)) {
    isOpen.current = true;
    return (
      <div className="panels">
        <Returned listing={listing} />
        <Editor
          key={`${draft.key} ${round}`}
          draft={draft}
          returned={returnedStep(listing)?.fields ?? []}
          look={look}
        />
        {listing && <Steps steps={listing.steps} />}
      </div>
    );
  }
  if (error && !data) return <Failure error={error} retry={look} />;
  if (listingId !== null && listing !== null) return <Skeleton className="is-card" count={3} />;
  return (
    <Empty icon="box" title={t('这里看不到这样货：它不在，或者是别家的。')}>
      <Link className="button" href="/listings">
        {t('回到上架')}
      </Link>
    </Empty>
  );
}

/** Goods that are typed, that wait, or that were decided on. */
export default function ListingPage({ id }: { id: string }) {
  const { merchant, isOwner } = useDesk();
  useHeard();
  const draft = listings.find(merchant.id, id);
  return (
    <>
      <TopBar
        title={draft ? (draft.about.productId === null ? t('上架新货') : t('改在卖的货')) : t('上架')}
      />
      <main id="main" className="page is-narrow">
        {isOwner ? <Page id={id} /> : <Empty icon="box" title={t('上架、改价由负责人来做。')} />}
      </main>
    </>
  );
}
