import { type FormEvent, useEffect, useState } from 'react';
import { useAct } from '../shared/graphql/act.js';
import { t } from '../shared/i18n.js';
import { isPhone, tidyPhone } from '../shared/phone.js';
import { Icon } from '../shared/ui/icon.js';
import { RefusalNote } from '../shared/ui/states.js';
import sprout from './art/sprout.svg';
import { CODE_REQUEST, SIGN_IN_BY_CODE, SIGN_IN_BY_PASSWORD } from './account.documents.js';
import { lastPhone, rememberPhone, rememberSession } from './session.js';

/** A number gets one code a minute. */
const CODE_PAUSE_SECONDS = 60;

/** Everything that was asked as nobody is asked anew. */
function arrive(phone: string): void {
  rememberPhone(phone);
  rememberSession(true);
  location.reload();
}

function Phone({ value, onChange }: { value: string; onChange: (phone: string) => void }) {
  return (
    <label className="field">
      <span>{t('手机号')}</span>
      <input
        className="is-large"
        type="tel"
        inputMode="numeric"
        autoComplete="tel"
        required
        value={value}
        onInput={(event) => onChange(tidyPhone(event.currentTarget.value))}
      />
    </label>
  );
}

function ByCode({ phone, setPhone }: { phone: string; setPhone: (phone: string) => void }) {
  const [code, setCode] = useState<string | null>(null);
  const [pause, setPause] = useState(0);
  const request = useAct(CODE_REQUEST);
  const sign = useAct(SIGN_IN_BY_CODE);
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
      <Phone
        value={phone}
        onChange={(said) => {
          setPhone(said);
          setCode(null);
          setPause(0);
        }}
      />
      {code !== null && (
        <>
          <label className="field">
            <span>{t('短信里的 6 位数字')}</span>
            <input
              className="is-large"
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
        className="button is-wide is-large"
        disabled={request.isBusy || sign.isBusy || !isPhone(phone) || (code !== null && code.length < 6)}
      >
        {code === null ? t('发送验证码') : t('登录')}
      </button>
    </form>
  );
}

function ByPassword({ phone, setPhone }: { phone: string; setPhone: (phone: string) => void }) {
  const [password, setPassword] = useState('');
  const { act, isBusy, refusal } = useAct(SIGN_IN_BY_PASSWORD);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ phone, password }).then((signed) => signed && arrive(phone));
  };
  return (
    <form className="form" onSubmit={submit}>
      <Phone value={phone} onChange={setPhone} />
      <label className="field">
        <span>{t('密码')}</span>
        <input
          className="is-large"
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
        className="button is-wide is-large"
        disabled={isBusy || !isPhone(phone) || password === ''}
      >
        {t('登录')}
      </button>
    </form>
  );
}

/** By a code that is sent to the phone, or by a password that was set before. */
export function SignIn() {
  const [isByPassword, setByPassword] = useState(false);
  const [phone, setPhone] = useState(lastPhone);
  const Way = isByPassword ? ByPassword : ByCode;
  return (
    <main id="main" className="page is-narrow is-welcome">
      <section className="welcome">
        <img src={sprout} alt="" width="72" height="72" />
        <h1>{t('卖货、发货、收钱，都在这里')}</h1>
        <p>{t('合作社、企业和大户的工作台。用登记的手机号登录。')}</p>
      </section>
      <section className="panel">
        <Way phone={phone} setPhone={setPhone} />
        <button type="button" className="text-button" onClick={() => setByPassword(!isByPassword)}>
          <Icon name={isByPassword ? 'text' : 'person'} />
          {isByPassword ? t('改用短信验证码') : t('改用密码登录')}
        </button>
      </section>
    </main>
  );
}
