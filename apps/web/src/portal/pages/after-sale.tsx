import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { CaseSides } from '../../shared/ui/case-sides.js';
import { Icon } from '../../shared/ui/icon.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { Empty, Failure, RefusalNote } from '../../shared/ui/states.js';
import { APPEAL, APPROVE, CASE, CONFIRM_RETURN, REFUSE, REPLACE } from '../after-sale.documents.js';
import {
  type Case,
  actWord,
  caseWord,
  kindWord,
  reasonWord,
  sideWord,
  silenceWord,
  waitsForUs,
} from '../case-words.js';
import { Carrier, Tracking } from '../carrier.js';
import { useDraft } from '../../shared/draft.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { isUnderWay, usePhotos } from '../../shared/use-photos.js';
import { Waiting } from '../waiting.js';

/** As many as a case takes at once. */
const PHOTOS_MAX = 9;

/** A thousandth is more than a scale in a kitchen shows. */
const percent = (bps: number): string => `${Math.round(bps / 10) / 10}%`;

function Asked({ item }: { item: Case }) {
  const silence = silenceWord(item.state);
  return (
    <section className="panel">
      <h2>
        <Icon name="receipt" />
        {kindWord(item.kind)} · {reasonWord(item.reason)}
        <b className="step-figure">{amountOf(item.grantedFen ?? item.askedFen)}</b>
      </h2>
      <p>
        {item.productName} <small>{item.variantName}</small> ×{item.quantity}
      </p>
      {item.badShareBps !== null && item.badWeightG !== null && (
        <>
          <p>
            {t('坏的有 {grams} 克，占 {share}', { grams: item.badWeightG, share: percent(item.badShareBps) })}
          </p>
          <meter min={0} max={10_000} value={item.badShareBps} aria-label={t('坏的占多少')} />
        </>
      )}
      {item.returnTrackingNo !== null && (
        <p className="note">
          {t('寄回来的')} {item.returnCarrier} <span className="code">{item.returnTrackingNo}</span>
        </p>
      )}
      {item.replacement && (
        <p className="note">
          {t('寄去的新的')} {item.replacement.carrier}{' '}
          <span className="code">{item.replacement.trackingNo}</span>
        </p>
      )}
      {item.dueAt !== null && waitsForUs(item.state) && (
        <p className="notice is-bad">
          {t('请在 {at} 前答复。', { at: momentOf(item.dueAt) })}
          {silence}
        </p>
      )}
      <Link href={`/orders/${item.merchantOrderId}`} className="bar-link">
        {t('看订单')}
        <Icon name="right" />
      </Link>
    </section>
  );
}

/** What both sides show, beside each other. */
function Evidence({ photos }: { photos: Case['photos'] }) {
  return (
    <section className="panel">
      <h2>
        <Icon name="camera" />
        {t('照片对着看')}
      </h2>
      <CaseSides photos={photos} buyer={t('买家')} seller={t('我们')} />
    </section>
  );
}

function Steps({ steps }: { steps: Case['steps'] }) {
  return (
    <section className="panel">
      <h2>
        <Icon name="clock" />
        {t('经过')}
      </h2>
      <ol className="way">
        {[...steps].reverse().map(({ act, side, note, at }) => (
          <li key={`${at} ${act}`}>
            <span>
              <b>
                {sideWord(side)} · {actWord(act)}
              </b>
              {note !== '' && <span className="said">{note}</span>}
              <small>{momentOf(at)}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface ActProps {
  readonly item: Case;
  readonly changed: () => void;
}

/** Yes: the money goes back, or the goods first, to an address that is kept for the next time. */
function Yes({ item, changed }: ActProps) {
  const wantsGoods = item.kind === 'RETURN_REFUND' || item.kind === 'EXCHANGE';
  const [draft, change] = useDraft('return-address', { address: '' });
  const { act, isBusy, refusal } = useAct(APPROVE, changed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const returnAddress = wantsGoods ? draft.address.trim() : null;
    void act({ id: item.id, returnAddress }).then((done) => done && changed());
  };
  return (
    <form className="form" onSubmit={submit}>
      {wantsGoods && (
        <label className="field">
          <span>{t('寄回到哪里：姓名、电话、地址')}</span>
          <textarea
            rows={3}
            maxLength={200}
            value={draft.address}
            onInput={(event) => change({ address: event.currentTarget.value })}
          />
        </label>
      )}
      <RefusalNote refusal={refusal} />
      <button
        type="submit"
        className="button is-wide is-large"
        disabled={isBusy || (wantsGoods && draft.address.trim().length < 8)}
      >
        {wantsGoods ? t('同意，让买家寄回') : t('同意，退 {amount}', { amount: amountOf(item.askedFen) })}
      </button>
    </form>
  );
}

/** Why not; some of it is said so often that nobody has to type it. */
const reasons = (): readonly string[] => [
  t('照片看不出有问题'),
  t('和发出时的照片不一样'),
  t('已经和买家说好了别的办法'),
];

/** No: of fresh goods, and of what came back, the platform is asked instead of the buyer. */
function No({ item, changed }: ActProps) {
  const isToPlatform = item.kind === 'FRESH_CLAIM' || item.state === 'RETURNING';
  const [draft, change, forget] = useDraft<{ reason: string; photos: readonly string[] }>(
    `refuse:${item.id}`,
    { reason: '', photos: [] },
  );
  // Where a phone has forgotten the page, it is found as it was left.
  const [isOpen, setOpen] = useState(draft.reason !== '' || draft.photos.length > 0);
  const photos = usePhotos(`refuse:${item.id}`, draft.photos, (ids) => change({ photos: ids }), PHOTOS_MAX);
  const refuse = useAct(REFUSE, changed);
  const appeal = useAct(APPEAL, changed);
  const { isBusy, refusal } = isToPlatform ? appeal : refuse;
  if (!isOpen && photos.shots.length === 0)
    return (
      <button type="button" className="button is-quiet is-wide" onClick={() => setOpen(true)}>
        {isToPlatform ? t('不对，请平台来判') : t('不同意')}
      </button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const shown = draft.photos.map((photoId) => ({ photoId, subject: 'GOODS' as const }));
    const words = { id: item.id, reason: draft.reason.trim(), photos: shown };
    void (isToPlatform ? appeal.act(words) : refuse.act(words)).then((done) => {
      if (!done) return;
      forget();
      changed();
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <div className="chips">
        {reasons().map((reason) => (
          <button
            key={reason}
            type="button"
            className="chip"
            aria-pressed={draft.reason === reason}
            onClick={() => change({ reason })}
          >
            {reason}
          </button>
        ))}
      </div>
      <label className="field">
        <span>{t('为什么，买家看得到')}</span>
        <textarea
          rows={3}
          maxLength={200}
          value={draft.reason}
          onInput={(event) => change({ reason: event.currentTarget.value })}
        />
      </label>
      <PhotoPicker
        photos={photos}
        label={t('我们的照片')}
        hint={t('发货时拍的、退回来拍的都行，和买家的摆在一起看。')}
        max={PHOTOS_MAX}
      />
      <RefusalNote refusal={refusal} />
      <button
        type="submit"
        className="button is-wide is-warm"
        disabled={isBusy || isUnderWay(photos.shots) || draft.reason.trim().length < 2}
      >
        {isToPlatform ? t('请平台来判') : t('不同意，告诉买家')}
      </button>
    </form>
  );
}

function Confirm({ item, changed }: ActProps) {
  const { act, isBusy, refusal } = useAct(CONFIRM_RETURN, changed);
  return (
    <>
      <RefusalNote refusal={refusal} />
      <button
        type="button"
        className="button is-wide is-large"
        disabled={isBusy}
        onClick={() => void act({ id: item.id }).then((done) => done && changed())}
      >
        {item.kind === 'EXCHANGE' ? t('收到了，没问题，给他换') : t('收到了，没问题，退钱')}
      </button>
    </>
  );
}

function Replace({ item, changed }: ActProps) {
  const [draft, change, forget] = useDraft(`replace:${item.id}`, { carrier: '', trackingNo: '' });
  const { act, isBusy, refusal } = useAct(REPLACE, changed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ id: item.id, carrier: draft.carrier.trim(), trackingNo: draft.trackingNo }).then((done) => {
      if (!done) return;
      forget();
      changed();
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <Carrier value={draft.carrier} onChange={(carrier) => change({ carrier })} />
      <Tracking value={draft.trackingNo} onChange={(trackingNo) => change({ trackingNo })} />
      <RefusalNote refusal={refusal} />
      <button
        type="submit"
        className="button is-wide is-large"
        disabled={isBusy || draft.carrier.trim() === '' || draft.trackingNo.length < 4}
      >
        {t('新的寄出去了')}
      </button>
    </form>
  );
}

function Answer(props: ActProps) {
  const { state } = props.item;
  if (!waitsForUs(state) && state !== 'REFUSED') return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="check" />
        {state === 'REFUSED' ? t('改主意了也行') : t('您怎么说')}
      </h2>
      {(state === 'REQUESTED' || state === 'REFUSED') && <Yes {...props} />}
      {state === 'RETURNING' && <Confirm {...props} />}
      {state === 'TO_REPLACE' && <Replace {...props} />}
      {(state === 'REQUESTED' || state === 'RETURNING') && <No {...props} />}
    </section>
  );
}

/** One case: what is asked for, what both sides show, and what one can say. */
export default function AfterSaleCase({ id }: { id: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: CASE,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={look} />
      </main>
    );
  if (!data) return <Waiting />;
  const item = data.afterSale;
  return (
    <>
      <TopBar title={item ? caseWord(item.state) : t('售后')} />
      <main id="main" className="page">
        {item ? (
          <div className="panels is-two">
            <Asked item={item} />
            <Evidence photos={item.photos} />
            <Answer item={item} changed={look} />
            <Steps steps={item.steps} />
          </div>
        ) : (
          <Empty icon="receipt" title={t('这里看不到这个售后：它不在，或者是别家的。')}>
            <Link className="button" href="/after-sales">
              {t('回到售后')}
            </Link>
          </Empty>
        )}
      </main>
    </>
  );
}
