import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { renew } from '../../shared/graphql/renew.js';
import { t } from '../../shared/i18n.js';
import { useTitle } from '../../shared/title.js';
import { useSignOut } from '../../shared/sign-out.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { SIGN_OUT } from '../account.documents.js';
import { rememberMerchant } from '../last-merchant.js';
import { roleNote, roleWord } from '../team-words.js';
import { ACCEPT, DECLINE, INVITATIONS } from '../team.documents.js';

type Invitation = ResultOf<typeof INVITATIONS>['teamInvitations'][number];

function Asked({ invitation, changed }: { invitation: Invitation; changed: () => void }) {
  const yes = useAct(ACCEPT, changed);
  const no = useAct(DECLINE, changed);
  const { id, merchantName, role, expiresAt } = invitation;
  const accept = () =>
    void yes.act({ invitationId: id }).then(async (accepted) => {
      if (!accepted) return;
      rememberMerchant(accepted.invitation.merchantId);
      // What one may do stands in the session's short token: it is fetched anew, so that one need not wait for it.
      await renew();
      location.assign('/');
    });
  return (
    <section className="panel">
      <h2>
        <Icon name="hall" />
        {merchantName}
      </h2>
      <p>{t('请您做{role}', { role: roleWord(role) })}</p>
      <p className="note">{roleNote(role)}</p>
      <p className="note">{t('{day}前有效', { day: dayOf(expiresAt) })}</p>
      <RefusalNote refusal={yes.refusal ?? no.refusal} />
      <div className="pair">
        <SureButton
          name={t('不去')}
          sure={t('确定不去？再点一次')}
          isBusy={no.isBusy || yes.isBusy}
          act={() => void no.act({ invitationId: id }).then((done) => done && changed())}
        />
        <button type="button" className="button is-warm" disabled={yes.isBusy || no.isBusy} onClick={accept}>
          {t('同意加入')}
        </button>
      </div>
    </section>
  );
}

/** Who asks whoever has signed in to work for them; also for those who work for nobody yet. */
export default function Join() {
  useTitle(t('谁请您一起做'));
  const { leave, isBusy } = useSignOut(SIGN_OUT);
  const [{ data, error }, again] = useQuery({
    query: INVITATIONS,
    variables: {},
    requestPolicy: 'network-only',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  const asked = data?.teamInvitations;
  return (
    <main id="main" className="page is-narrow">
      <h1 className="hidden">{t('谁请您一起做')}</h1>
      {error && !asked && <Failure error={error} retry={look} />}
      {!error && !asked && <Skeleton className="is-card" count={2} />}
      <div className="panels">
        {asked?.map((invitation) => (
          <Asked key={invitation.id} invitation={invitation} changed={look} />
        ))}
        {asked?.length === 0 && (
          <Empty
            icon="hall"
            title={t('没有等您答复的邀请。请负责人用您登录的手机号发邀请；想自己开店，在这里申请。')}
          >
            <Link href="/apply" className="button">
              {t('申请开店')}
            </Link>
          </Empty>
        )}
        <button type="button" className="button is-quiet is-wide" disabled={isBusy} onClick={leave}>
          {t('换个手机号')}
        </button>
      </div>
    </main>
  );
}
