import type { ResultOf } from 'gql.tada';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { dayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { isPhone, tidyPhone } from '../../shared/phone.js';
import { Icon } from '../../shared/ui/icon.js';
import { Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { type TeamRole, invitationWord, roleNote, roleWord } from '../team-words.js';
import { INVITE, MEMBER_END, RESEND, TEAM, WITHDRAW } from '../team.documents.js';

type Team = ResultOf<typeof TEAM>;

const ROLES: readonly TeamRole[] = ['MERCHANT_CLERK', 'RESTOCKER', 'MERCHANT_OWNER'];

/** What was asked, and is over, is no news after a while; what waits is. */
const isNews = ({ state }: Team['merchantTeamInvitations'][number]) =>
  state !== 'ACCEPTED' && state !== 'WITHDRAWN';

function Member({ member, changed }: { member: Team['merchantTeam'][number]; changed: () => void }) {
  const { viewer, merchant } = useDesk();
  const { act, isBusy, refusal } = useAct(MEMBER_END);
  const { userId, role, maskedPhone, since } = member;
  const isOneself = userId === viewer.id;
  const end = () =>
    void act({ merchantId: merchant.id, userId, role }).then((done) => {
      if (!done) return;
      // Who has left sees nothing here any more.
      if (isOneself) location.assign('/');
      else changed();
    });
  return (
    <li>
      <p className="card-head">
        <b>{maskedPhone}</b>
        <span className="tag">{roleWord(role)}</span>
        {isOneself && <span className="tag is-warm">{t('您自己')}</span>}
      </p>
      <p className="people-foot">
        <small>{t('{day}加入', { day: dayOf(since) })}</small>
        <SureButton
          className="text-button"
          name={isOneself ? t('退出') : t('移除')}
          sure={isOneself ? t('确定退出？再点一次') : t('确定移除？再点一次')}
          isBusy={isBusy}
          act={end}
        />
      </p>
      <RefusalNote refusal={refusal} />
    </li>
  );
}

function Invitation({
  invitation,
  changed,
}: {
  invitation: Team['merchantTeamInvitations'][number];
  changed: () => void;
}) {
  const again = useAct(RESEND);
  const back = useAct(WITHDRAW);
  const { id, role, state, maskedPhone, expiresAt } = invitation;
  const isOpen = state === 'OPEN';
  return (
    <li>
      <p className="card-head">
        <b>{maskedPhone}</b>
        <span className="tag">{roleWord(role)}</span>
        <span className="tag is-warm">{invitationWord(state)}</span>
      </p>
      {(isOpen || state === 'EXPIRED') && (
        <p className="people-foot">
          <small>{isOpen && t('{day}前有效', { day: dayOf(expiresAt) })}</small>
          <button
            type="button"
            className="text-button"
            disabled={again.isBusy}
            onClick={() => void again.act({ invitationId: id }).then((sent) => sent && changed())}
          >
            {t('再发一次')}
          </button>
          <SureButton
            className="text-button"
            name={t('撤回邀请')}
            sure={t('确定撤回？再点一次')}
            isBusy={back.isBusy}
            act={() => void back.act({ invitationId: id }).then((done) => done && changed())}
          />
        </p>
      )}
      <RefusalNote refusal={again.refusal ?? back.refusal} />
    </li>
  );
}

function Invite({ changed }: { changed: () => void }) {
  const { merchant } = useDesk();
  const [phone, setPhone] = useState('');
  const [role, setRole] = useState<TeamRole>('MERCHANT_CLERK');
  const [isSent, setSent] = useState(false);
  const { act, isBusy, refusal, forgive } = useAct(INVITE);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ merchantId: merchant.id, phone, role }).then((invited) => {
      if (!invited) return;
      setPhone('');
      setSent(true);
      changed();
    });
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>
        <Icon name="plus" />
        {t('请人一起做')}
      </h2>
      <label className="field">
        <span>{t('对方的手机号')}</span>
        <input
          className="is-large"
          type="tel"
          inputMode="numeric"
          autoComplete="off"
          value={phone}
          onInput={(event) => {
            setPhone(tidyPhone(event.currentTarget.value));
            setSent(false);
            forgive();
          }}
        />
      </label>
      <fieldset className="field">
        <legend>{t('请对方做什么')}</legend>
        <div className="chips">
          {ROLES.map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              aria-pressed={role === each}
              onClick={() => setRole(each)}
            >
              {roleWord(each)}
            </button>
          ))}
        </div>
        <p className="note">{roleNote(role)}</p>
      </fieldset>
      <RefusalNote refusal={refusal} />
      {isSent && (
        <p className="notice is-good" role="status">
          {t('短信发出去了。对方用这个手机号登录，点“同意加入”才算数。')}
        </p>
      )}
      <button type="submit" className="button is-wide is-large" disabled={isBusy || !isPhone(phone)}>
        {t('发邀请')}
      </button>
    </form>
  );
}

function OwnTeam() {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: TEAM,
    variables: { merchantId: merchant.id },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  const waiting = data.merchantTeamInvitations.filter(isNews);
  return (
    <div className="panels">
      <section className="panel">
        <h2>
          <Icon name="person" />
          {t('成员')}
          <small>{t('{n} 个', { n: data.merchantTeam.length })}</small>
        </h2>
        <ul className="people">
          {data.merchantTeam.map((member) => (
            <Member key={`${member.userId}:${member.role}`} member={member} changed={look} />
          ))}
        </ul>
      </section>
      {waiting.length > 0 && (
        <section className="panel">
          <h2>
            <Icon name="clock" />
            {t('发出的邀请')}
          </h2>
          <ul className="people">
            {waiting.map((invitation) => (
              <Invitation key={invitation.id} invitation={invitation} changed={look} />
            ))}
          </ul>
        </section>
      )}
      <Invite changed={look} />
    </div>
  );
}

/** Who works for the merchant, and who is asked to. */
export default function TeamPage() {
  return (
    <>
      <TopBar title={t('成员')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <OwnTeam />
        </OwnerOnly>
      </main>
    </>
  );
}
