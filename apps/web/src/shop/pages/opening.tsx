import { useQuery } from 'urql';
import { Link } from 'wouter';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { yuanExact } from '../../shared/money.js';
import { Icon, type IconName } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { type Pace, useWatch } from '../../shared/watch.js';
import { DOOR_OPEN, KIOSK, OPENING, OPENING_CANCEL, type Opening } from '../counter.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { keptVisit } from '../visit.js';
import { signInPath } from '../sign-in-path.js';
import { Waiting } from '../waiting.js';
import { DoorDispute } from './door-dispute.js';

type State = Opening['state'];

/** Whoever stands before an open door looks at nothing else; a person who has to decide takes days. */
const AT_THE_DOOR: Pace = { firstMs: 1_000, mostMs: 1_500 };
const WITH_SOMEBODY: Pace = { firstMs: 10_000, mostMs: 60_000 };

const paceOf = (state: State): Pace | null => {
  if (['AWAITING_HOLD', 'READY', 'OPENING', 'OPEN', 'BILLING', 'BILLED'].includes(state)) return AT_THE_DOOR;
  return state === 'REVIEW' || state === 'DEBT' ? WITH_SOMEBODY : null;
};

interface Told {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

const told = (state: State): Told =>
  ({
    AWAITING_HOLD: { icon: 'clock', title: t('等银行留出钱'), text: t('授权好了，这里马上就变。') },
    READY: { icon: 'check', title: t('可以开门了'), text: t('站在柜门前再点。门十秒内打开。') },
    OPENING: { icon: 'clock', title: t('正在开门…'), text: t('听到咔哒一声就拉开门。') },
    OPEN: { icon: 'counter', title: t('门开着，请拿'), text: t('拿好以后把门关紧，就结账。') },
    BILLING: { icon: 'clock', title: t('正在称重结账…'), text: t('十秒左右就好，可以先走。') },
    REVIEW: {
      icon: 'person',
      title: t('要请工作人员看一下'),
      text: t('重量有点对不上。三天内没有结果，就不收钱。'),
    },
    BILLED: { icon: 'clock', title: t('正在付款…'), text: t('从留出的钱里付，不用再做什么。') },
    DEBT: { icon: 'receipt', title: t('还差一点没付'), text: t('拿的比留出的多，请补上差额。') },
    PAID: { icon: 'check', title: t('付好了，慢走'), text: t('多留的钱已经放开。') },
    NOTHING_TAKEN: { icon: 'check', title: t('什么也没拿'), text: t('留出的钱已经放开，没有扣款。') },
    NOT_OPENED: { icon: 'close', title: t('门没有打开'), text: t('留出的钱已经放开，没有扣款。') },
    WAIVED: { icon: 'check', title: t('不用付钱'), text: t('没能说清拿了什么，就不收了。') },
  })[state] as Told;

/** What was taken, as far as it is known, by its name where somebody has said it. */
function Taken({ opening }: { opening: Opening }) {
  const visit = keptVisit();
  const [{ data }] = useQuery({
    query: KIOSK,
    variables: { visit: visit?.visit ?? '' },
    pause: visit === null || opening.items.length === 0,
  });
  if (opening.items.length === 0) return null;
  const names = new Map([
    ...(data?.kiosk?.slots ?? []).map(({ variantId, productName }) => [variantId, productName] as const),
    ...(opening.order?.merchantOrders ?? []).flatMap(({ lines }) =>
      lines.map(({ variantId, productName }) => [variantId, productName] as const),
    ),
  ]);
  return (
    <section className="panel">
      <h2>
        <Icon name="receipt" />
        {t('拿了这些')}
      </h2>
      <ul className="cart-lines">
        {opening.items.map(({ slotCode, variantId, quantity, priceFen }) => (
          <li key={`${slotCode} ${variantId}`} className="sum-line">
            <span>
              {names.get(variantId) ?? t('{code} 号托盘', { code: slotCode })}
              <small>
                ¥{yuanExact(priceFen)} × {quantity}
              </small>
            </span>
            <span>¥{yuanExact((BigInt(priceFen) * BigInt(quantity)).toString())}</span>
          </li>
        ))}
      </ul>
      {opening.billedFen !== null && (
        <dl className="sums">
          <div>
            <dt>{t('合计')}</dt>
            <dd>¥{yuanExact(opening.billedFen)}</dd>
          </div>
        </dl>
      )}
    </section>
  );
}

function Steps({ opening, look }: { opening: Opening; look: () => void }) {
  const open = useAct(DOOR_OPEN);
  const cancel = useAct(OPENING_CANCEL);
  const { state, action, order } = opening;
  const visit = keptVisit();
  return (
    <>
      <RefusalNote refusal={open.refusal ?? cancel.refusal} />
      {state === 'AWAITING_HOLD' && action !== null && (
        <a className="button is-warm is-wide" href={action.url}>
          {t('去授权')}
        </a>
      )}
      {state === 'READY' &&
        (visit ? (
          <button
            type="button"
            className="button is-warm is-wide"
            disabled={open.isBusy}
            onClick={() => void open.act({ visit: visit.visit, openingId: opening.id }).then(look)}
          >
            {t('开门')}
          </button>
        ) : (
          <p className="note">{t('扫码过了十分钟，请再扫一次柜机屏幕，然后回到这里。')}</p>
        ))}
      {(state === 'AWAITING_HOLD' || state === 'READY') && (
        <button
          type="button"
          className="button is-quiet is-wide"
          disabled={cancel.isBusy}
          onClick={() => void cancel.act({ openingId: opening.id }).then(look)}
        >
          {t('不开了，放开留出的钱')}
        </button>
      )}
      {order !== null && (
        <Link
          className={`button is-wide${state === 'DEBT' ? ' is-warm' : ' is-quiet'}`}
          href={`/orders/${order.id}`}
        >
          {state === 'DEBT' ? t('去补上') : t('看订单')}
        </Link>
      )}
    </>
  );
}

/** One's own opening of a door, from the bank's word to the bill. */
export default function OpeningPage({ id }: { id: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: OPENING,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const opening = data?.doorOpening;
  const look = () => again({ requestPolicy: 'network-only' });
  useWatch(opening ? paceOf(opening.state) : null, JSON.stringify(opening), look);
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={look} />
      </main>
    );
  if (!data) return <Waiting />;
  if (!opening)
    return (
      <>
        <TopBar title={t('开门购买')} />
        <main id="main" className="page">
          <Empty icon="counter" title={t('这里看不到：它不在，或者是别人的。')}>
            <Link className="button" href={signInPath(`/openings/${id}`)}>
              {t('登录后再看')}
            </Link>
          </Empty>
        </main>
      </>
    );
  const { icon, title, text } = told(opening.state);
  return (
    <>
      <TopBar title={t('开门购买')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          <section className="panel is-benefit big-state" role="status">
            <Icon name={icon} />
            <h2>{title}</h2>
            <p>{text}</p>
          </section>
          <Steps opening={opening} look={look} />
          <Taken opening={opening} />
          {(opening.state === 'DEBT' || opening.dispute) && <DoorDispute opening={opening} changed={look} />}
        </div>
      </main>
    </>
  );
}
