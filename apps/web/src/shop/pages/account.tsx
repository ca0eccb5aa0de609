import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { isElder, setElder } from '../../shared/elder.js';
import { isEnglish, setLocale, t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Failure } from '../../shared/ui/states.js';
import { SIGN_OUT, VIEWER } from '../account.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { hadSession } from '../../shared/session.js';
import { useSignOut } from '../../shared/sign-out.js';

/** Oneself: who one is here, one's orders, and how one likes to read. */
export default function Account() {
  const [{ data, error }, again] = useQuery({ query: VIEWER, variables: {}, pause: !hadSession() });
  const [isLarge, setLarge] = useState(isElder);
  const { leave, isBusy } = useSignOut(SIGN_OUT);
  const viewer = hadSession() ? data?.viewer : null;
  return (
    <>
      <TopBar title={t('我的')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          <section className="panel is-benefit">
            {viewer ? (
              <p className="who">
                <Icon name="person" />
                <span>
                  <b>{viewer.displayName}</b>
                  <small>{viewer.phone}</small>
                </span>
              </p>
            ) : error && hadSession() ? (
              <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
            ) : (
              <>
                <p>{t('登录后能用优惠券，换个手机也能看到订单。')}</p>
                <Link className="button" href="/sign-in">
                  {t('登录')}
                </Link>
              </>
            )}
          </section>
          <nav className="panel rows" aria-label={t('我的')}>
            <Link href="/orders">
              <Icon name="receipt" />
              {t('我的订单')}
              <Icon name="right" />
            </Link>
            <Link href="/after-sales">
              <Icon name="help" />
              {t('我的售后')}
              <Icon name="right" />
            </Link>
            {viewer && (
              <Link href="/reviews">
                <Icon name="star" />
                {t('我的评价')}
                <Icon name="right" />
              </Link>
            )}
            {viewer && (
              <Link href="/impact">
                <Icon name="heart" />
                {t('一年助农')}
                <Icon name="right" />
              </Link>
            )}
            <Link href="/adoptions">
              <Icon name="leaf" />
              {t('认养，收成寄到家')}
              <Icon name="right" />
            </Link>
            {viewer && (
              <Link href="/unit">
                <Icon name="hall" />
                {t('单位采购')}
                <Icon name="right" />
              </Link>
            )}
            <Link href="/cart">
              <Icon name="cart" />
              {t('购物车')}
              <Icon name="right" />
            </Link>
            <Link href="/coupons">
              <Icon name="ticket" />
              {t('优惠券和消费券')}
              <Icon name="right" />
            </Link>
            <Link href="/addresses">
              <Icon name="pin" />
              {t('收货地址')}
              <Icon name="right" />
            </Link>
            {viewer && (
              <Link href="/account/data">
                <Icon name="person" />
                {t('账号和我的数据')}
                <Icon name="right" />
              </Link>
            )}
            <Link href="/counters">
              <Icon name="counter" />
              {t('附近的智能专柜')}
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
              {isLarge ? t('换回标准版') : t('换成长辈版')}
            </button>
            <button type="button" onClick={() => setLocale(isEnglish() ? 'zh' : 'en')}>
              <Icon name="globe" />
              {isEnglish() ? t('中文') : 'English'}
            </button>
          </section>
          {viewer && (
            <button type="button" className="button is-quiet" disabled={isBusy} onClick={leave}>
              {t('退出登录')}
            </button>
          )}
        </div>
      </main>
    </>
  );
}
