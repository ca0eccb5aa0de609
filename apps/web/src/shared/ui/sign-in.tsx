import { type FormEvent, useEffect, useState } from 'react';
import type { TypedDocumentNode } from 'urql';
import { useAct } from '../graphql/act.js';
import { t } from '../i18n.js';
import { isPhone, tidyPhone } from '../phone.js';
import { lastPhone, rememberPhone, rememberSession } from '../session.js';
import { Icon } from './icon.js';
import { RefusalNote } from './states.js';

interface Refused {
  readonly code: string;
  readonly message: string;
}

/** The three questions, as the service of an application takes them. */
interface Doors {
  readonly request: TypedDocumentNode<
    { readonly signInCodeRequest: { readonly developmentCode: string | null } | Refused },
    { phone: string }
  >;
  readonly byCode: TypedDocumentNode<
    { readonly signInWithCode: { readonly viewer: object } | Refused },
    { phone: string; code: string }
  >;
  readonly byPassword: TypedDocumentNode<
    { readonly signInWithPassword: { readonly viewer: object } | Refused },
    { phone: string; password: string }
  >;
}

/** A number gets one code a minute. */
const CODE_PAUSE_SECONDS = 60;

/** Everything that was asked as nobody is asked anew. */
function arrive(phone: string): void {
  rememberPhone(phone);
  rememberSession(true);
  location.reload();
}

interface PhoneProps {
  readonly label: string;
  readonly phone: string;
  readonly setPhone: (phone: string) => void;
}

function Phone({ label, phone, setPhone }: PhoneProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="is-large"
        type="tel"
        inputMode="numeric"
        autoComplete="tel"
        required
        value={phone}
        onInput={(event) => setPhone(tidyPhone(event.currentTarget.value))}
      />
    </label>
  );
}

type WayProps = PhoneProps & { readonly doors: Doors };

function ByCode({ doors, label, phone, setPhone }: WayProps) {
  const [code, setCode] = useState<string | null>(null);
  const [pause, setPause] = useState(0);
  const request = useAct(doors.request);
  const sign = useAct(doors.byCode);
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
        label={label}
        phone={phone}
        setPhone={(said) => {
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

function ByPassword({ doors, label, phone, setPhone }: WayProps) {
  const [password, setPassword] = useState('');
  const { act, isBusy, refusal } = useAct(doors.byPassword);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ phone, password }).then((signed) => signed && arrive(phone));
  };
  return (
    <form className="form" onSubmit={submit}>
      <Phone label={label} phone={phone} setPhone={setPhone} />
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

/** By a code that is sent to the phone, or by a password that was set before; where one is: the address stays. How large it is, style sheets say. */
export function SignInForm({ doors, label }: { doors: Doors; label: string }) {
  const [isByPassword, setByPassword] = useState(false);
  const [phone, setPhone] = useState(lastPhone);
  const Way = isByPassword ? ByPassword : ByCode;
  return (
    <>
      <Way doors={doors} label={label} phone={phone} setPhone={setPhone} />
      <button type="button" className="text-button" onClick={() => setByPassword(!isByPassword)}>
        <Icon name={isByPassword ? 'text' : 'person'} />
        {isByPassword ? t('改用短信验证码') : t('改用密码登录')}
      </button>
    </>
  );
}
