import mark from '../shared/art/mark.svg';
import { t } from '../shared/i18n.js';
import { SignInForm } from '../shared/ui/sign-in.js';
import { LocaleSwitch } from '../shared/ui/switches.js';
import { SIGN_IN } from './account.documents.js';
import { useTitle } from './title.js';

/** The same door as everywhere, for whoever holds an office. */
export function SignIn() {
  useTitle(t('登录'));
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
        <SignInForm doors={SIGN_IN} label={t('登记的手机号')} />
        <LocaleSwitch />
      </section>
    </main>
  );
}
