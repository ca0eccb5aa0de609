import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { longDayOf, momentOf, monthOf, today } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useWatch } from '../../shared/watch.js';
import { Only, useDesk } from '../desk.js';
import { countText, moneyText } from '../figures.js';
import {
  CUT_OFF,
  LOCK_DECIDE,
  LOCK_REQUEST,
  MONTH,
  MONTH_WITHDRAW,
  PUBLISH_DECIDE,
  PUBLISH_REQUEST,
  REVIEW,
} from '../month.documents.js';
import { Act, Facts, Page, Section } from '../ui.js';
import { blockerWord, closeWord } from '../words.js';
import Missing from './missing.js';

type Close = NonNullable<ResultOf<typeof MONTH>['monthClose']>;

/** While another person is asked, or days are being frozen: minutes, as a rule. */
const WAITING_PACE = { firstMs: 10_000, mostMs: 60_000 };

const STATES = ['OPEN', 'CUT_OFF', 'IN_REVIEW', 'LOCKING', 'LOCKED', 'PUBLISHED'] as const;

function Steps({ close }: { close: Close }) {
  const reached = STATES.indexOf(close.state);
  return (
    <ol className="steps">
      {STATES.map((state, index) => {
        const step = close.steps.find((each) => each.state === state);
        return (
          <li
            key={state}
            className={index <= reached ? 'is-done' : ''}
            aria-current={index === reached ? 'step' : undefined}
          >
            <b>{closeWord(state)}</b>
            <small>{step ? momentOf(step.at) : index <= reached ? '' : t('未到')}</small>
          </li>
        );
      })}
    </ol>
  );
}

function Blockers({ close }: { close: Close }) {
  if (close.blockers.length === 0)
    return (
      <p className="note">
        <Icon name="check" /> {t('没有要处理的。')}
      </p>
    );
  return (
    <ul className="checks">
      {close.blockers.map(({ kind, count, stopsLock }) => (
        <li key={kind} className={stopsLock ? 'is-bad' : ''}>
          <b>{blockerWord(kind)}</b>
          <span>{t('{n} 项', { n: countText(count) })}</span>
          <small>{stopsLock ? t('解决前不能锁定') : t('提示，不影响锁定')}</small>
        </li>
      ))}
    </ul>
  );
}

type Request = Close['requests'][number];

/** What somebody has asked for: taken back by them, decided by another. */
function Decide({ close, request, done }: { close: Close; request: Request; done: () => void }) {
  const { viewer, may } = useDesk();
  const isLock = request.kind === 'VOLUME_LOCK';
  const lock = useAct(LOCK_DECIDE);
  const publish = useAct(PUBLISH_DECIDE);
  const withdraw = useAct(MONTH_WITHDRAW);
  const { act, isBusy, refusal } = isLock ? lock : publish;
  const decide = (verdict: 'APPROVE' | 'REJECT', reason: string) =>
    act({ input: { month: close.month, requestId: request.id, verdict, reason: reason || null } }).finally(
      done,
    );
  const name = isLock ? t('锁定') : t('公布');
  if (request.requestedBy === viewer.id)
    return (
      <>
        <p className="note">
          {t('您在 {at} 申请了{name}，等另一个人同意。', { at: momentOf(request.requestedAt), name })}
        </p>
        <Act
          name={t('撤回申请')}
          question={t('撤回后可以再申请。')}
          isBad
          isBusy={withdraw.isBusy}
          refusal={withdraw.refusal}
          act={() => withdraw.act({ requestId: request.id }).finally(done)}
        />
      </>
    );
  const allowed = may(isLock ? 'VOLUME_CLOSE' : 'VOLUME_PUBLISH');
  return (
    <>
      <p className="note">{t('有人在 {at} 申请了{name}。', { at: momentOf(request.requestedAt), name })}</p>
      {allowed && (
        <div className="acts">
          <Act
            name={t('同意{name}', { name })}
            question={
              isLock ? t('锁定后这个月不再变，以后的更正记在以后的月份。') : t('公布后外界能看到这个月的数。')
            }
            isBusy={isBusy}
            refusal={refusal}
            act={() => decide('APPROVE', '')}
          />
          <Act
            name={t('不同意')}
            question={t('写明理由，申请人看得到。')}
            wantsReason
            isBad
            isBusy={isBusy}
            refusal={refusal}
            act={(reason) => decide('REJECT', reason)}
          />
        </div>
      )}
    </>
  );
}

/** The one thing that comes next, for whoever may do it. Refused or not, what is shown is how it stands then: somebody else may have been faster. */
function Next({ close, done }: { close: Close; done: () => void }) {
  const { may } = useDesk();
  const cutOff = useAct(CUT_OFF);
  const review = useAct(REVIEW);
  const lock = useAct(LOCK_REQUEST);
  const publish = useAct(PUBLISH_REQUEST);
  const open = close.requests.find(({ state }) => state === 'OPEN');
  if (open) return <Decide close={close} request={open} done={done} />;
  const { month } = close;
  const steps = {
    OPEN: {
      name: t('截止收数'),
      question: t('之后到的合作方数据和申报记在到的那个月。'),
      may: 'VOLUME_CLOSE',
      way: cutOff,
    },
    CUT_OFF: {
      name: t('开始复核'),
      question: t('复核期间照常核对，数还没有定。'),
      may: 'VOLUME_CLOSE',
      way: review,
    },
    IN_REVIEW: {
      name: t('申请锁定'),
      question: t('按现在的数锁定，由另一个人同意。'),
      may: 'VOLUME_CLOSE',
      way: lock,
    },
    LOCKING: null,
    LOCKED: {
      name: t('申请公布'),
      question: t('按锁定的数公布，由另一个人同意。'),
      may: 'VOLUME_PUBLISH',
      way: publish,
    },
    PUBLISHED: null,
  } as const;
  const step = steps[close.state];
  if (close.state === 'LOCKING')
    return (
      <p className="note">
        {close.frozenThrough === null
          ? t('正在固定各日的数，几分钟后自动锁定。')
          : t('已固定到 {day}，几分钟后自动锁定。', { day: longDayOf(close.frozenThrough) })}
      </p>
    );
  if (!step) return <p className="note">{t('已经公布，没有要办的。')}</p>;
  if (close.state === 'OPEN' && today() < close.cutOffOn)
    return <p className="note">{t('{day}起可以截止收数。', { day: longDayOf(close.cutOffOn) })}</p>;
  if (!may(step.may))
    return <p className="note">{t('下一步是{name}，由别的岗位办。', { name: step.name })}</p>;
  return (
    <Act
      key={step.name}
      name={step.name}
      question={step.question}
      isBusy={step.way.isBusy}
      refusal={step.way.refusal}
      act={() => step.way.act({ month }).finally(done)}
    />
  );
}

/** A month is in the book from its cut-off on, or from whatever was asked of it before. */
function Unopened({ month, done }: { month: string; done: () => void }) {
  const { may } = useDesk();
  const { act, isBusy, refusal } = useAct(CUT_OFF);
  const isOver = month.slice(0, 7) < today().slice(0, 7);
  return (
    <Empty icon="clock" title={isOver ? t('这个月还没有开始关账。') : t('这个月还没有过完。')}>
      {isOver && may('VOLUME_CLOSE') && (
        <Act
          name={t('截止收数')}
          question={t('之后到的合作方数据和申报记在到的那个月。')}
          isBusy={isBusy}
          refusal={refusal}
          act={() => act({ month }).finally(done)}
        />
      )}
      <Link className="text-button" href="/months">
        {t('回到各月')}
      </Link>
    </Empty>
  );
}

function Month({ month }: { month: string }) {
  const [{ data, error }, again] = useQuery({
    query: MONTH,
    variables: { month },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  const isWaiting =
    data?.monthClose?.state === 'LOCKING' ||
    data?.monthClose?.requests.some(({ state }) => state === 'OPEN') === true;
  useWatch(isWaiting ? WAITING_PACE : null, data?.monthClose?.frozenThrough ?? '', look);
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const close = data.monthClose;
  if (!close) return <Unopened month={month} done={look} />;
  return (
    <>
      <Section title={t('进度')} note={closeWord(close.state)}>
        <Steps close={close} />
      </Section>
      <div className="columns">
        <Section title={t('锁定前的检查')} note={t('现在的情况')}>
          <Blockers close={close} />
        </Section>
        <Section title={t('下一步')}>
          <Next close={close} done={look} />
        </Section>
      </div>
      <Section title={t('锁定的数')} note={t('全登记簿口径')}>
        <Facts
          rows={[
            [
              t('认定交易额'),
              close.recognisedFen === null ? t('锁定后才有') : moneyText(close.recognisedFen),
            ],
            [
              t('其中认定产品'),
              close.certifiedFen === null ? t('锁定后才有') : moneyText(close.certifiedFen),
            ],
            [t('截止收数'), longDayOf(close.cutOffOn)],
            [t('应锁定于'), longDayOf(close.reviewUntil)],
            [t('数据指纹（SHA-256）'), <span className="code">{close.contentHash ?? '—'}</span>],
          ]}
        />
      </Section>
    </>
  );
}

const MONTH_WORD = /^\d{4}-(0[1-9]|1[0-2])$/;

/** How far a month has come, what is in its way, and what comes next: each step by whoever may, the last two by two persons. */
export default function MonthPage({ month }: { month: string }) {
  if (!MONTH_WORD.test(month)) return <Missing />;
  const first = `${month}-01`;
  return (
    <Only may="VOLUME_READ">
      <Page
        title={t('{month}关账', { month: monthOf(first) })}
        tools={
          <Link className="button is-quiet" href={`/months/${month}/circular`}>
            {t('月度通报')}
          </Link>
        }
      >
        <Month month={first} />
      </Page>
    </Only>
  );
}
