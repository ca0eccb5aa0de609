import { type FormEvent, useState } from 'react';
import { isElder, setElder } from '../../shared/elder.js';
import { useAct } from '../../shared/graphql/act.js';
import { isEnglish, setLocale, t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Link } from 'wouter';
import { useSignOut } from '../../shared/sign-out.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { PASSWORD_SET, SIGN_OUT } from '../account.documents.js';
import { useDesk } from '../desk.js';
import { TopBar } from '../../shared/ui/top-bar.js';

/** A password spares the wait for a message where the signal is bad. */
function Password({ hasPassword }: { hasPassword: boolean }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { act, isBusy, refusal } = useAct(PASSWORD_SET);
  const [isSet, setDone] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const words = { newPassword: next, currentPassword: hasPassword && current !== '' ? current : null };
    void act(words).then((done) => {
      if (!done) return;
      setDone(true);
      setCurrent('');
      setNext('');
    });
  };
  return (
    <details className="panel fold">
      <summary>
        <Icon name="certified" />
        {hasPassword ? t('换密码') : t('设一个密码，不用等短信')}
      </summary>
      <form className="form" onSubmit={submit}>
        {hasPassword && (
          <label className="field">
            <span>{t('现在的密码（刚用验证码登录的可以不填）')}</span>
            <input
              type="password"
              autoComplete="current-password"
              value={current}
              onInput={(event) => setCurrent(event.currentTarget.value)}
            />
          </label>
        )}
        <label className="field">
          <span>{t('新密码，至少 8 位')}</span>
          <input
            type="password"
            autoComplete="new-password"
            minLength={8}
            required
            value={next}
            onInput={(event) => setNext(event.currentTarget.value)}
          />
        </label>
        <RefusalNote refusal={refusal} />
        {isSet && (
          <p className="notice is-good" role="status">
            {t('设好了。别的手机要重新登录。')}
          </p>
        )}
        <button type="submit" className="button is-wide" disabled={isBusy || next.length < 8}>
          {t('保存')}
        </button>
      </form>
    </details>
  );
}

/** Oneself: who one is here, and how one likes to read. */
export default function Me() {
  const { viewer, merchant, isOwner } = useDesk();
  const { leave, isBusy } = useSignOut(SIGN_OUT);
  const [isLarge, setLarge] = useState(isElder);
  return (
    <>
      <TopBar title={t('我的')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          <section className="panel is-soft who">
            <Icon name="person" />
            <p>
              <b>{viewer.displayName}</b>
              <small>{viewer.phone}</small>
              <small>
                {merchant.name} · {isOwner ? t('负责人') : t('员工')}
              </small>
            </p>
          </section>
          <nav className="panel rows" aria-label={t('和谁一起做')}>
            {isOwner && (
              <Link href="/team">
                <Icon name="person" />
                <span>{t('成员和邀请')}</span>
                <Icon name="right" />
              </Link>
            )}
            {isOwner && (
              <Link href="/consignment">
                <Icon name="box" />
                <span>{t('寄卖')}</span>
                <Icon name="right" />
              </Link>
            )}
            {isOwner && (
              <Link href="/places">
                <Icon name="hall" />
                <span>{t('专馆和专区')}</span>
                <Icon name="right" />
              </Link>
            )}
            {isOwner && (
              <Link href="/papers">
                <Icon name="certified" />
                <span>{t('证照')}</span>
                <Icon name="right" />
              </Link>
            )}
            <Link href="/apply">
              <Icon name="plus" />
              <span>{t('申请开店')}</span>
              <Icon name="right" />
            </Link>
            <Link href="/pick-ups">
              <Icon name="counter" />
              <span>{t('格口柜的包裹')}</span>
              <Icon name="right" />
            </Link>
            <Link href="/imports">
              <Icon name="receipt" />
              <span>{t('用表格导入和导出')}</span>
              <Icon name="right" />
            </Link>
            <Link href="/join">
              <Icon name="hall" />
              <span>{t('谁请我一起做')}</span>
              <Icon name="right" />
            </Link>
          </nav>
          <section className="panel rows" aria-label={t('怎么看着舒服')}>
            <button
              type="button"
              aria-pressed={isLarge}
              onClick={() => {
                setElder(!isLarge);
                setLarge(!isLarge);
              }}
            >
              <Icon name="text" />
              <span>{isLarge ? t('换回标准字') : t('换成大字')}</span>
            </button>
            <button type="button" onClick={() => setLocale(isEnglish() ? 'zh' : 'en')}>
              <Icon name="globe" />
              <span>{isEnglish() ? t('中文') : 'English'}</span>
            </button>
          </section>
          <Password hasPassword={viewer.hasPassword} />
          {isOwner && (
            <nav className="panel rows" aria-label={t('关店')}>
              <Link href="/closure">
                <Icon name="close" />
                <span>{t('关店')}</span>
                <Icon name="right" />
              </Link>
            </nav>
          )}
          <button type="button" className="button is-quiet is-wide" disabled={isBusy} onClick={leave}>
            {t('退出登录')}
          </button>
        </div>
      </main>
    </>
  );
}
