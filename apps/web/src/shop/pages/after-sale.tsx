import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { useDraft } from '../../shared/draft.js';
import { momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { yuanExact } from '../../shared/money.js';
import { pictureOf } from '../../shared/pictures.js';
import { CaseSides } from '../../shared/ui/case-sides.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { type Pace, useWatch } from '../../shared/watch.js';
import {
  ACCEPT,
  CASE,
  CONTEST,
  type Case,
  REPLACEMENT_HERE,
  SEND_BACK,
  WITHDRAW,
} from '../after-sale.documents.js';
import { kindWord, reasonWord } from '../case-kinds.js';
import { actWord, sideWord, silenceWord } from '../case-steps.js';
import { caseWord } from '../case-words.js';
import { rarely } from '../rarely.js';
import { Waiting } from '../waiting.js';

/** Whoever answers takes hours; whoever watches wants to see it all the same. */
const UNDER_WAY: Pace = { firstMs: 10_000, mostMs: 120_000 };

const isOver = (state: Case['state']): boolean =>
  ['REFUNDED', 'REPLACED', 'REJECTED', 'WITHDRAWN', 'LAPSED'].includes(state);

interface ActProps {
  readonly item: Case;
  readonly changed: () => void;
}

const More = rarely(() => import('./after-sale-more.js'));

function Asked({ item }: { item: Case }) {
  const silence = silenceWord(item.state);
  return (
    <section className={`panel${isOver(item.state) ? '' : ' is-benefit'}`}>
      <div className="cart-line">
        <img src={pictureOf(item.productName, '')} alt="" width="88" height="66" />
        <p className="cart-line-text">
          <b>{item.productName}</b>
          <small>
            {item.variantName} × {item.quantity}
          </small>
          <small>
            {kindWord(item.kind)} · {reasonWord(item.reason)}
          </small>
        </p>
      </div>
      {item.kind !== 'EXCHANGE' && (
        <p className="due-line">
          {item.grantedFen === null ? t('您要求退') : t('退给您')}{' '}
          <b>¥{yuanExact(item.grantedFen ?? item.askedFen)}</b>
          {item.badWeightG !== null && item.badShareBps !== null && (
            <small>
              {t('坏的有 {grams} 克，占 {share}%', {
                grams: item.badWeightG,
                share: Math.round(item.badShareBps / 10) / 10,
              })}
            </small>
          )}
        </p>
      )}
      {item.state === 'REFUNDED' && <p>{t('钱按付款的路退回去了，银行到账要一两天。')}</p>}
      {item.dueAt !== null && silence !== null && (
        <p className="note">
          {t('{moment} 到时间。', { moment: momentOf(item.dueAt) })}
          {silence}
        </p>
      )}
      {item.replacement && (
        <p className="note">
          <Icon name="truck" /> {t('寄来的新的')} {item.replacement.carrier}{' '}
          <span className="code">{item.replacement.trackingNo}</span>
        </p>
      )}
      {item.returnTrackingNo !== null && (
        <p className="note">
          <Icon name="truck" /> {t('您寄回的')} {item.returnCarrier}{' '}
          <span className="code">{item.returnTrackingNo}</span>
        </p>
      )}
      <Link className="link" href={`/orders/${item.orderId}`}>
        {t('看订单')}
      </Link>
    </section>
  );
}

/** The seller has said no: it is taken, or the platform is asked. */
function Refused({ item, changed }: ActProps) {
  const [isOpen, setOpen] = useState(false);
  const [draft, change, forget] = useDraft(`contest:${item.id}`, { text: '' }, sessionStorage);
  const accept = useAct(ACCEPT, changed);
  const contest = useAct(CONTEST, changed);
  const isBusy = accept.isBusy || contest.isBusy;
  const said = item.steps.filter(({ act }) => act === 'REFUSED').pop();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void contest.act({ id: item.id, text: draft.text.trim() }).then((done) => {
      if (!done) return;
      forget();
      changed();
    });
  };
  return (
    <section className="panel">
      <h2>
        <Icon name="help" />
        {t('卖家没同意')}
      </h2>
      {said && said.note !== '' && <p className="reply">{said.note}</p>}
      <RefusalNote refusal={accept.refusal ?? contest.refusal} />
      {isOpen ? (
        <form className="form" onSubmit={submit}>
          <label className="field">
            <span>{t('为什么不服，平台和卖家都看得到')}</span>
            <textarea
              rows={3}
              maxLength={500}
              value={draft.text}
              onInput={(event) => change({ text: event.currentTarget.value })}
            />
          </label>
          <button
            type="submit"
            className="button is-warm is-wide"
            disabled={isBusy || draft.text.trim().length < 2}
          >
            {t('请平台来判')}
          </button>
        </form>
      ) : (
        <button type="button" className="button is-wide" onClick={() => setOpen(true)}>
          {t('不服，请平台来判')}
        </button>
      )}
      <SureButton
        className="button is-quiet is-wide"
        name={t('算了，接受')}
        sure={t('真的接受，不再追究')}
        isBusy={isBusy}
        act={() => accept.act({ id: item.id }).then((done) => done && changed())}
      />
    </section>
  );
}

function SendBack({ item, changed }: ActProps) {
  const [draft, change, forget] = useDraft(
    `send-back:${item.id}`,
    { carrier: '', trackingNo: '' },
    sessionStorage,
  );
  const { act, isBusy, refusal } = useAct(SEND_BACK, changed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ id: item.id, carrier: draft.carrier.trim(), trackingNo: draft.trackingNo.trim() }).then(
      (done) => {
        if (!done) return;
        forget();
        changed();
      },
    );
  };
  return (
    <section className="panel">
      <h2>
        <Icon name="truck" />
        {t('寄回到这里')}
      </h2>
      <p className="reply">{item.returnAddress}</p>
      <form className="form" onSubmit={submit}>
        <div className="field-row">
          <label className="field">
            <span>{t('哪家快递')}</span>
            <input
              maxLength={40}
              value={draft.carrier}
              onInput={(event) => change({ carrier: event.currentTarget.value })}
            />
          </label>
          <label className="field">
            <span>{t('运单号')}</span>
            <input
              maxLength={60}
              autoComplete="off"
              autoCapitalize="characters"
              value={draft.trackingNo}
              onInput={(event) => change({ trackingNo: event.currentTarget.value })}
            />
          </label>
        </div>
        <RefusalNote refusal={refusal} />
        <button
          type="submit"
          className="button is-wide"
          disabled={isBusy || draft.carrier.trim() === '' || draft.trackingNo.trim().length < 4}
        >
          {t('寄出去了')}
        </button>
      </form>
    </section>
  );
}

function Replaced({ item, changed }: ActProps) {
  const { act, isBusy, refusal } = useAct(REPLACEMENT_HERE, changed);
  return (
    <section className="panel">
      <RefusalNote refusal={refusal} />
      <button
        type="button"
        className="button is-wide"
        disabled={isBusy}
        onClick={() => void act({ id: item.id }).then((done) => done && changed())}
      >
        {t('新的收到了')}
      </button>
    </section>
  );
}

/** What both sides show, and more of it while somebody still has to decide. */
function Evidence({ item, changed }: ActProps) {
  const isOpen = ['REQUESTED', 'REFUSED', 'AT_PLATFORM', 'RETURNING'].includes(item.state);
  const [draft, change, forget] = useDraft<{ photos: readonly string[] }>(
    `more:${item.id}`,
    { photos: [] },
    sessionStorage,
  );
  const [isAdding, setAdding] = useState(draft.photos.length > 0);
  return (
    <section className="panel">
      <h2>
        <Icon name="camera" />
        {t('照片')}
      </h2>
      <CaseSides photos={item.photos} buyer={t('我')} seller={t('卖家')} />
      {isOpen && !isAdding && (
        <button type="button" className="button is-quiet" onClick={() => setAdding(true)}>
          <Icon name="plus" />
          {t('补照片')}
        </button>
      )}
      {isOpen && isAdding && (
        <More
          id={item.id}
          kept={draft.photos}
          keep={(photos) => change({ photos })}
          added={() => {
            setAdding(false);
            forget();
            changed();
          }}
        />
      )}
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
      <ol className="timeline">
        {[...steps].reverse().map(({ act, side, note, at }) => (
          <li key={`${at} ${act}`}>
            <p>
              <b>
                {sideWord(side)} · {actWord(act)}
              </b>
            </p>
            {note !== '' && <p>{note}</p>}
            <small>{momentOf(at)}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Asked for no longer; there may be no second chance. */
function Withdraw({ item, changed }: ActProps) {
  const { act, isBusy, refusal } = useAct(WITHDRAW, changed);
  if (!['REQUESTED', 'REFUSED', 'AT_PLATFORM', 'AWAITING_RETURN'].includes(item.state)) return null;
  return (
    <>
      <RefusalNote refusal={refusal} />
      <SureButton
        name={t('撤回申请')}
        sure={t('真的不要了，撤回')}
        isBusy={isBusy}
        act={() => act({ id: item.id }).then((done) => done && changed())}
      />
    </>
  );
}

/** One case: what was asked, what the seller says, what one can do next, and what has happened. */
export default function AfterSaleCase({ id }: { id: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: CASE,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  const item = data?.afterSale;
  useWatch(item && !isOver(item.state) ? UNDER_WAY : null, JSON.stringify(item), look);
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={look} />
      </main>
    );
  if (!data) return <Waiting />;
  return (
    <>
      <TopBar title={item ? caseWord(item.state) : t('售后')} />
      <main id="main" className="page is-narrow">
        {item ? (
          <div className="panels">
            <Asked item={item} />
            {item.state === 'REFUSED' && <Refused item={item} changed={look} />}
            {item.state === 'AWAITING_RETURN' && <SendBack item={item} changed={look} />}
            {item.state === 'REPLACING' && <Replaced item={item} changed={look} />}
            <Evidence item={item} changed={look} />
            <Steps steps={item.steps} />
            <Withdraw item={item} changed={look} />
          </div>
        ) : (
          <Empty icon="receipt" title={t('这里看不到：它不在，或者是别人的。')}>
            <Link className="button" href="/after-sales">
              {t('看我的售后')}
            </Link>
          </Empty>
        )}
      </main>
    </>
  );
}
