import { type FormEvent, useEffect, useState } from 'react';
import { useAct } from '../shared/graphql/act.js';
import { t } from '../shared/i18n.js';
import mark from '../shared/art/mark.svg';
import { RefusalNote } from '../shared/ui/states.js';
import { LocaleSwitch } from '../shared/ui/switches.js';
import { CODE_REQUEST, SIGN_IN_BY_CODE, SIGN_IN_BY_PASSWORD } from './account.documents.js';
import { useTitle } from './title.js';
import { lastPhone, rememberPhone, rememberSession } from './session.js';

const PHONE = /^1[3-9]\d{9}$/;

/** A number gets one code a minute. */
const CODE_PAUSE_SECONDS = 60;

/** Everything that was asked as nobody is asked anew. */
function arrive(phone: string): void {
  rememberPhone(phone);
  rememberSession(true);
  location.reload();
}

interface WayProps {
  readonly phone: string;
}

function ByCode({ phone }: WayProps) {
  const [code, setCode] = useState<string | null>(null);
  const [pause, setPause] = useState(0);
  const request = useAct(CODE_REQUEST);
  const sign = useAct(SIGN_IN_BY_CODE);
  useEffect(() => setCode(null), [phone]); // It was sent to another number.
  useEffect(() => {
    if (pause === 0) return undefined;
    const timer = setTimeout(() => setPause(pause - 1), 1_000);
    return () => clearTimeout(timer);
  }, [pause]);
  const send = async () => {
    const sent = await request.act({ phone });
    if (!sent) return;
    setCode(sent.developmentCode ?? '');
    setPause(CODE_PAUSE_SECONDS);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code === null) void send();
    else void sign.act({ phone, code }).then((signed) => signed && arrive(phone));
  };
  return (
    <form className="form" onSubmit={submit}>
      {code !== null && (
        <>
          <label className="field">
            <span>{t('短信里的 6 位数字')}</span>
            <input
              inputMode="numeric"
              autoComplete="one-time-code"
              pattern="[0-9]{6}"
              maxLength={6}
              required
              value={code}
              onInput={(event) => setCode(event.currentTarget.value.replace(/\D/g, ''))}
            />
          </label>
          <button
            type="button"
            className="text-button"
            disabled={pause > 0 || request.isBusy}
            onClick={() => void send()}
          >
            {pause > 0 ? t('没收到？{n} 秒后可以重发', { n: pause }) : t('没收到，再发一次')}
          </button>
        </>
      )}
      <RefusalNote refusal={request.refusal ?? sign.refusal} />
      <button
        type="submit"
        className="button is-wide"
        disabled={request.isBusy || sign.isBusy || !PHONE.test(phone) || (code !== null && code.length < 6)}
      >
        {code === null ? t('发送验证码') : t('登录')}
      </button>
    </form>
  );
}

function ByPassword({ phone }: WayProps) {
  const [password, setPassword] = useState('');
  const { act, isBusy, refusal } = useAct(SIGN_IN_BY_PASSWORD);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ phone, password }).then((signed) => signed && arrive(phone));
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span>{t('密码')}</span>
        <input
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </label>
      <RefusalNote refusal={refusal} />
      <button
        type="submit"
        className="button is-wide"
        disabled={isBusy || !PHONE.test(phone) || password === ''}
      >
        {t('登录')}
      </button>
    </form>
  );
}

/** By a code that is sent to the phone, or by a password that was set before: the same door as everywhere, for whoever holds an office. */
export function SignIn() {
  useTitle(t('登录'));
  const [isByPassword, setByPassword] = useState(false);
  const [phone, setPhone] = useState(lastPhone);
  const Way = isByPassword ? ByPassword : ByCode;
  return (
    <main id="main" className="welcome">
      <section className="welcome-words">
        <img src={mark} alt="" width="64" height="64" />
        <h1>{t('桃源监测台')}</h1>
        <p>{t('卖了多少、从哪来、到谁手里，一笔一笔查得到。')}</p>
        <ul>
          <li>{t('数据每分钟更新，标明截止时间和单位')}</li>
          <li>{t('只看得到本级和下级的数据')}</li>
          <li>{t('逐笔查看和导出都记在审计日志里')}</li>
        </ul>
      </section>
      <section className="welcome-form">
        <h2>{t('登录')}</h2>
        <label className="field">
          <span>{t('登记的手机号')}</span>
          <input
            type="tel"
            inputMode="numeric"
            autoComplete="tel"
            maxLength={13}
            value={phone}
            onInput={(event) => setPhone(event.currentTarget.value.replace(/\D/g, ''))}
          />
        </label>
        <Way phone={phone} />
        <button type="button" className="text-button" onClick={() => setByPassword(!isByPassword)}>
          {isByPassword ? t('改用短信验证码') : t('改用密码登录')}
        </button>
        <LocaleSwitch />
      </section>
    </main>
  );
}
