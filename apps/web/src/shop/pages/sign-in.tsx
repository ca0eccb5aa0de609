import { type FormEvent, useState } from 'react';
import { useSearch } from 'wouter';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { isPhone, tidyPhone } from '../../shared/phone.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { CODE_REQUEST, GUEST_MERGE, SIGN_IN } from '../account.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { ownAddress } from '../sign-in-path.js';
import { rememberSession } from '../../shared/session.js';
import { hasCart } from '../visitor.js';

/** By a code that is sent to the phone; what one did as a guest comes along. */
export default function SignIn() {
  const back = ownAddress(new URLSearchParams(useSearch()).get('back'), location.origin);
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const request = useAct(CODE_REQUEST);
  const sign = useAct(SIGN_IN);
  const merge = useAct(GUEST_MERGE);

  const send = async () => {
    sign.forgive();
    const sent = await request.act({ phone });
    if (sent) setCode(sent.developmentCode ?? '');
  };
  const enter = async () => {
    const signed = await sign.act({ phone, code: code ?? '' });
    if (!signed) return;
    rememberSession(true);
    if (hasCart()) await merge.act({});
    // Everything that was asked as somebody else is asked anew; and nobody who goes back comes by here again.
    location.replace(back);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void (code === null ? send() : enter());
  };
  return (
    <>
      <TopBar title={t('登录')} />
      <main id="main" className="page is-narrow">
        <form className="panel form" onSubmit={submit}>
          <p>{t('没有账号也不要紧，第一次登录就有了。')}</p>
          <label className="field">
            <span>{t('手机号')}</span>
            <input
              type="tel"
              inputMode="numeric"
              autoComplete="tel"
              required
              value={phone}
              readOnly={code !== null}
              onInput={(event) => setPhone(tidyPhone(event.currentTarget.value))}
            />
          </label>
          {code !== null && (
            <label className="field">
              <span>{t('验证码')}</span>
              <input
                inputMode="numeric"
                autoComplete="one-time-code"
                pattern="[0-9]{6}"
                required
                value={code}
                onInput={(event) => setCode(event.currentTarget.value.replace(/\D/g, ''))}
              />
            </label>
          )}
          <RefusalNote refusal={request.refusal ?? sign.refusal} />
          <button
            type="submit"
            className="button is-wide"
            disabled={request.isBusy || sign.isBusy || merge.isBusy || !isPhone(phone)}
          >
            {code === null ? t('发送验证码') : t('登录')}
          </button>
          {code !== null && (
            <>
              <button
                type="button"
                className="button is-quiet is-wide"
                disabled={request.isBusy}
                onClick={() => void send()}
              >
                {t('没收到，再发一次')}
              </button>
              <button type="button" className="button is-quiet is-wide" onClick={() => setCode(null)}>
                {t('换个手机号')}
              </button>
            </>
          )}
        </form>
      </main>
    </>
  );
}
