import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { longDayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { yuanExact } from '../../shared/money.js';
import { Icon, type IconName } from '../../shared/ui/icon.js';
import { Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { useRested } from '../../shared/ui/sure-button.js';
import { CONFIRM, CONFIRMATION, type Confirmation } from '../confirm.documents.js';

/** What an official reads in full. */
const REASON_MAX = 200;

/** As people call it who are given it. */
const kindWord = (kind: Confirmation['kind']): string =>
  ({
    PURCHASE_ORDER: t('收货的钱'),
    CONTRACT_FARMING: t('代种代养的钱'),
    EMPLOYMENT: t('工钱'),
    LAND_RENT: t('土地租金'),
    EQUITY_DIVIDEND: t('入股分红'),
    ENTRUSTED: t('委托帮扶的钱'),
    ASSET_INCOME: t('资产收益'),
    PATRONAGE_REFUND: t('年底返利'),
    SERVICE: t('培训服务'),
  })[kind];

/** Said so often that nobody has to type it. */
const reasons = (): readonly string[] => [t('一分钱也没收到'), t('收到了，但是数目不对'), t('不是我家的事')];

/** There is nothing to answer, or no longer. */
function Said({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <section className="confirm-said">
      <Icon name={icon} />
      <h1>{title}</h1>
      {children}
    </section>
  );
}

function What({ asked }: { asked: Confirmation }) {
  return (
    <div className="confirm-what">
      <p>
        {t('{merchant}说，{day}给了您家：', { merchant: asked.merchantName, day: longDayOf(asked.paidOn) })}
      </p>
      <p className="confirm-sum">{t('{amount} 元', { amount: yuanExact(asked.amountFen) })}</p>
      <p>{kindWord(asked.kind)}</p>
    </div>
  );
}

interface AnswerProps {
  readonly isBusy: boolean;
  readonly send: (isReceived: boolean, reason: string | null) => void;
  readonly back: () => void;
}

/** An answer is given once, so a thumb that slipped gets a second look. */
function Yes({ asked, isBusy, send, back }: AnswerProps & { asked: Confirmation }) {
  // It stands where the first button stood: a thumb that trembles has said it once.
  const isRested = useRested();
  return (
    <>
      <h2>{t('真的收到了 {amount} 元？', { amount: yuanExact(asked.amountFen) })}</h2>
      <button
        type="button"
        className="button is-wide"
        disabled={isBusy}
        aria-disabled={!isRested}
        onClick={() => isRested && send(true, null)}
      >
        {t('对，收到了')}
      </button>
      <button type="button" className="button is-quiet is-wide" disabled={isBusy} onClick={back}>
        {t('按错了，回去')}
      </button>
    </>
  );
}

function No({ isBusy, send, back }: AnswerProps) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(false, reason.trim());
  };
  return (
    <form onSubmit={submit}>
      <h2>{t('是怎么回事？')}</h2>
      {reasons().map((each) => (
        <button
          key={each}
          type="button"
          className="button is-quiet is-wide"
          aria-pressed={reason === each}
          onClick={() => setReason(each)}
        >
          {each}
        </button>
      ))}
      <label>
        {t('也可以自己写')}
        <textarea
          rows={3}
          maxLength={REASON_MAX}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button is-warm is-wide" disabled={isBusy || reason.trim() === ''}>
        {t('告诉县里：没收到')}
      </button>
      <button type="button" className="button is-quiet is-wide" disabled={isBusy} onClick={back}>
        {t('按错了，回去')}
      </button>
    </form>
  );
}

function Question({ token, asked, again }: { token: string; asked: Confirmation; again: () => void }) {
  const [saying, say] = useState<'YES' | 'NO' | null>(null);
  const { act, isBusy, refusal, forgive } = useAct(CONFIRM);
  const send = (isReceived: boolean, reason: string | null) =>
    void act({ token, isReceived, reason }).then((done) => done && again());
  // Somebody else of the family was faster, or it has run out meanwhile.
  const isClosed = refusal?.code === 'LINKAGE_CONFIRMATION_CLOSED';
  useEffect(() => {
    if (isClosed) again();
  }, [isClosed]);
  const back = () => {
    forgive();
    say(null);
  };
  return (
    <>
      <What asked={asked} />
      <section className="confirm-answer">
        {saying === null && (
          <>
            <h1>{t('这笔钱，您家收到了吗？')}</h1>
            <button type="button" className="button is-wide" onClick={() => say('YES')}>
              <Icon name="check" />
              {t('收到了')}
            </button>
            <button type="button" className="button is-quiet is-wide" onClick={() => say('NO')}>
              <Icon name="close" />
              {t('没收到')}
            </button>
          </>
        )}
        {saying === 'YES' && <Yes asked={asked} isBusy={isBusy} send={send} back={back} />}
        {saying === 'NO' && <No isBusy={isBusy} send={send} back={back} />}
        <RefusalNote refusal={refusal} />
      </section>
      <p>{t('不用登录，不用写名字。谁向您要验证码、银行卡号或者要您交钱，都是骗子。')}</p>
    </>
  );
}

function Body({ token }: { token: string }) {
  const [{ data, error }, ask] = useQuery({
    query: CONFIRMATION,
    variables: { token },
    requestPolicy: 'network-only',
  });
  const again = () => ask({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={again} />;
  if (!data) return <Skeleton className="is-picture" />;
  const asked = data.linkageConfirmation;
  if (asked === null)
    return (
      <Said icon="help" title={t('这个链接不对')}>
        <p>{t('可能没有抄全，也可能后来又发了新的。请用最新收到的那一个，或者问村干部。')}</p>
      </Said>
    );
  if (asked.state === 'OPEN') return <Question token={token} asked={asked} again={again} />;
  if (asked.state === 'RECEIVED')
    return (
      <Said icon="check" title={t('记下了：收到了')}>
        <What asked={asked} />
        <p>{t('谢谢您。这一页可以关掉了。')}</p>
      </Said>
    );
  if (asked.state === 'NOT_RECEIVED')
    return (
      <Said icon="check" title={t('记下了：没收到')}>
        <What asked={asked} />
        <p>{t('县里的工作人员会来过问。这一页可以关掉了。')}</p>
      </Said>
    );
  if (asked.state === 'REVERSED')
    return (
      <Said icon="check" title={t('不用回答了')}>
        <p>{t('合作社已经把这笔记录撤回了。这一页可以关掉了。')}</p>
      </Said>
    );
  return (
    <Said icon="clock" title={t('这个链接过期了')}>
      <p>{t('要是还想说，请让村干部帮您要一个新的。')}</p>
    </Said>
  );
}

/** A household says whether it was given what a merchant says it has paid: no name, no sign-in, letters for old eyes. */
export default function Confirm({ token }: { token: string }) {
  return (
    <main id="main" className="page is-narrow confirm">
      <Body token={token} />
    </main>
  );
}
