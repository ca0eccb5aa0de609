import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { dayOf, momentOf } from '../../shared/dates.js';
import { handOver } from '../../shared/files.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { isPhone, tidyPhone } from '../../shared/phone.js';
import { lastPhone } from '../../shared/session.js';
import { Icon } from '../../shared/ui/icon.js';
import { Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { CODE_REQUEST } from '../account.documents.js';
import { DELETE, EXPORT, KEEP, OWN_DATA, type OwnSession, REVOKE } from '../own-data.documents.js';
import { MemberOnly } from './member-only.js';

function SessionRow({ session, changed }: { session: OwnSession; changed: () => void }) {
  const { act, isBusy } = useAct(REVOKE, changed);
  const { id, deviceName, refreshedAt, isCurrent } = session;
  return (
    <li className="sum-line">
      <span>
        {deviceName ?? t('说不出是什么设备')}
        <small>{isCurrent ? t('就是这一部') : t('{moment} 还在用', { moment: momentOf(refreshedAt) })}</small>
      </span>
      {!isCurrent && (
        <SureButton
          className="chip"
          name={t('让它退出')}
          sure={t('真的让它退出')}
          isBusy={isBusy}
          act={() => act({ sessionId: id }).then((done) => done && changed())}
        />
      )}
    </li>
  );
}

/** What is taken or ended for good wants a code that has just come. */
function WithCode({ isLeaving, changed }: { isLeaving: boolean; changed: () => void }) {
  const [phone, setPhone] = useState(lastPhone);
  const [code, setCode] = useState<string | null>(null);
  const request = useAct(CODE_REQUEST);
  const take = useAct(EXPORT);
  const leave = useAct(DELETE, changed);
  const isBusy = request.isBusy || take.isBusy || leave.isBusy;
  const isWhole = code !== null && /^\d{6}$/.test(code);
  const send = (event: FormEvent) => {
    event.preventDefault();
    void request.act({ phone }).then((sent) => sent && setCode(sent.developmentCode ?? ''));
  };
  // A code is good for one act.
  const again = () => setCode(null);
  return (
    <form className="panel form" onSubmit={send}>
      <h2>
        <Icon name="person" />
        {t('拿走数据，或者注销')}
      </h2>
      <p className="note">{t('数据是一个文件：您的资料、地址、订单、售后、评价、发票。')}</p>
      <p className="note">
        {t(
          '注销要等手上的订单、售后都了结；七天后生效，之前随时能反悔。订单和账目依法留着，不再有您的名字。',
        )}
      </p>
      <label className="field">
        <span>{t('手机号')}</span>
        <input
          required
          type="tel"
          inputMode="numeric"
          value={phone}
          onInput={(event) => setPhone(tidyPhone(event.currentTarget.value))}
        />
      </label>
      {code === null ? (
        <button type="submit" className="button" disabled={isBusy || !isPhone(phone)}>
          {t('发送验证码')}
        </button>
      ) : (
        <>
          <label className="field">
            <span>{t('短信里的 6 位数字')}</span>
            <input
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              value={code}
              onInput={(event) => setCode(event.currentTarget.value.replace(/\D/g, ''))}
            />
          </label>
          <div className="two-acts">
            <button
              type="button"
              className="button"
              disabled={isBusy || !isWhole}
              onClick={() =>
                void take.act({ code }).then((file) => {
                  if (!file) return;
                  handOver(new Blob([file.content], { type: 'application/json' }), file.fileName);
                  again();
                })
              }
            >
              {t('拿走我的数据')}
            </button>
            {!isLeaving && (
              <SureButton
                name={t('注销账号')}
                sure={t('真的注销')}
                isBusy={isBusy || !isWhole}
                act={() =>
                  leave.act({ code }).then((done) => {
                    if (!done) return;
                    again();
                    changed();
                  })
                }
              />
            )}
          </div>
        </>
      )}
      <RefusalNote refusal={request.refusal ?? take.refusal ?? leave.refusal} />
    </form>
  );
}

function Body() {
  const [{ data, error }, again] = useQuery({
    query: OWN_DATA,
    variables: {},
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  const keep = useAct(KEEP, look);
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-picture" count={2} />;
  const deletion = data.accountDeletion;
  const sessions = data.viewer?.sessions ?? [];
  return (
    <div className="panels">
      {deletion && (
        <section className="panel is-benefit" role="status">
          <h2>
            <Icon name="clock" />
            {t('正在注销')}
          </h2>
          <p>{t('最早 {day} 生效。', { day: dayOf(deletion.dueAt) })}</p>
          <button
            type="button"
            className="button"
            disabled={keep.isBusy}
            onClick={() => void keep.act({}).then((done) => done && look())}
          >
            {t('不注销了')}
          </button>
        </section>
      )}
      {sessions.length > 0 && (
        <section className="panel">
          <h2>
            <Icon name="check" />
            {t('在哪里登录着')}
          </h2>
          <ul className="cart-lines">
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} changed={look} />
            ))}
          </ul>
        </section>
      )}
      <WithCode isLeaving={deletion !== null} changed={look} />
    </div>
  );
}

/** What is kept of one, where one is signed in, and the way out. */
export default function OwnDataPage() {
  return (
    <MemberOnly
      title={t('账号和我的数据')}
      icon="person"
      why={t('登录后能拿走自己的数据、看在哪里登录着。')}
      path="/account/data"
    >
      <Body />
    </MemberOnly>
  );
}
