import { t } from '../shared/i18n.js';
import { SignInForm } from '../shared/ui/sign-in.js';
import sprout from './art/sprout.svg';
import { SIGN_IN } from './account.documents.js';

export function SignIn() {
  return (
    <main id="main" className="page is-narrow is-welcome">
      <section className="welcome">
        <img src={sprout} alt="" width="72" height="72" />
        <h1>{t('卖货、发货、收钱，都在这里')}</h1>
        <p>{t('合作社、企业和大户的工作台。用登记的手机号登录。')}</p>
        <p>{t('想开店？登录以后就能申请。')}</p>
      </section>
      <section className="panel">
        <SignInForm doors={SIGN_IN} label={t('手机号')} />
      </section>
    </main>
  );
}
