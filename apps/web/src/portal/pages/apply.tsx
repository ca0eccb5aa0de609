import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { dayOf, momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { renew } from '../../shared/graphql/renew.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { APPLICATION, APPLICATIONS, APPLICATION_WITHDRAW } from '../apply.documents.js';
import { applications } from '../apply/drafts.js';
import { Editor } from '../apply/editor.js';
import { type Application, type Form, blankForm, formOf } from '../apply/form.js';
import { applicationWord, kindWord, stepWord } from '../apply/words.js';
import { isTyped, useHeard } from '../drafts.js';
import { rememberMerchant } from '../last-merchant.js';
import { Choose } from '../saving.js';

/** What happened to it, the latest first, with what was said. */
function Steps({ steps }: Pick<Application, 'steps'>) {
  if (steps.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="clock" />
        {t('经过')}
      </h2>
      <ol className="way">
        {[...steps].reverse().map(({ act, reason, fields, at }) => (
          <li key={`${act} ${at}`}>
            <span>
              <b>{stepWord(act)}</b>
              {reason !== '' && <span className="said">{reason}</span>}
              {fields.map(({ path, message }) => (
                <span key={path} className="said">
                  {message}
                </span>
              ))}
              <small>{momentOf(at)}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function noteOf({ state, bankAccount }: Application): string {
  if (state === 'SUBMITTED') return t('县里在看。先由县里推荐，再由平台审核，有结果会发短信。');
  if (state === 'RECOMMENDED') return t('县里推荐了，平台在审核，有结果会发短信。');
  if (state === 'APPROVED')
    return bankAccount
      ? t('通过了，可以开店了。下一步：上架货品。银行账户正在核对。')
      : t('通过了，可以开店了。下一步：上架货品，填银行账户。');
  return state === 'REFUSED'
    ? t('没有通过，理由写在下面。可以改好了重新申请。')
    : t('撤回了，可以重新申请。');
}

/** As it was handed in: what is to come, or what came of it. */
function Shown({ application, changed }: { application: Application; changed: () => void }) {
  const { id, state, merchantId, content, bankAccount, steps } = application;
  const { act, isBusy, refusal } = useAct(APPLICATION_WITHDRAW, changed);
  const isWaiting = state === 'SUBMITTED' || state === 'RECOMMENDED';
  const enter = async () => {
    if (merchantId !== null) rememberMerchant(merchantId);
    // What one may do stands in the session's short token: it is fetched anew, so that one need not wait for it.
    await renew();
    location.assign('/');
  };
  return (
    <div className="panels">
      <p className={`notice${state === 'APPROVED' ? ' is-good' : isWaiting ? '' : ' is-bad'}`} role="status">
        {noteOf(application)}
      </p>
      <section className="panel">
        <h2>
          <Icon name="hall" />
          {content.name}
        </h2>
        <p>
          {content.kind && kindWord(content.kind)} · {content.goods}
        </p>
        <p className="code">{content.creditCode}</p>
        {bankAccount && (
          <p>
            {t('钱打到{bank}，尾号 {digits}', { bank: bankAccount.bankName, digits: bankAccount.lastFour })}
          </p>
        )}
      </section>
      {state === 'APPROVED' && (
        <button type="button" className="button is-warm is-wide is-large" onClick={() => void enter()}>
          {t('进店看看')}
        </button>
      )}
      <Steps steps={steps} />
      <RefusalNote refusal={refusal} />
      {isWaiting && (
        <SureButton
          className="button is-quiet is-wide"
          name={t('撤回申请')}
          sure={t('撤回就不审了，再按一次')}
          isBusy={isBusy}
          act={() => void act({ applicationId: id }).then((done) => done && changed())}
        />
      )}
    </div>
  );
}

const tell = ({ name, creditCode, goods }: Form) =>
  [name === '' ? t('没有名字') : name, creditCode, goods].filter((text) => text !== '').join(' · ');

function One({ id, userId }: { id: string; userId: string }) {
  useHeard();
  const draft = applications.find(userId, id);
  const applicationId = draft?.id ?? (id.startsWith('map_') ? id : null);
  const [{ data: answer, error }, again] = useQuery({
    query: APPLICATION,
    variables: { id: applicationId ?? '' },
    // A draft that has become one while it was typed is known already.
    pause: applicationId === null || (draft !== null && !id.startsWith('map_') && draft.revision < 2),
    requestPolicy: 'network-only',
  });
  const application = useLast(answer)?.merchantApplication;
  const [isToChoose, setToChoose] = useState(false);
  // Each choice begins the form anew, with what was chosen.
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (application) setToChoose(applications.meet(userId, application));
  }, [application]);
  const look = () => again({ requestPolicy: 'network-only' });
  const chosen = () => {
    setToChoose(false);
    setRound(round + 1);
  };
  if (application && !isTyped(application)) return <Shown application={application} changed={look} />;
  if (isToChoose && draft && application)
    return (
      <Choose
        title={t('别的手机也改了这份开店申请')}
        ours={tell(draft.form)}
        theirs={tell(formOf(application.content))}
        takeOurs={() => {
          applications.takeOurs(draft, application);
          chosen();
        }}
        takeTheirs={() => {
          applications.takeTheirs(draft, application);
          chosen();
        }}
      />
    );
  const last =
    application?.state === 'RETURNED' ? application.steps[application.steps.length - 1] : undefined;
  // Of one that the service knows, what a reviewer has said comes with it.
  if (draft && (!id.startsWith('map_') || application || error))
    return (
      <div className="panels">
        {last?.act === 'RETURNED' && (
          <p className="notice is-bad" role="status">
            {t('退回来了：{reason}', { reason: last.reason })}
          </p>
        )}
        <Editor
          key={`${draft.key} ${round}`}
          draft={draft}
          account={application?.bankAccount ?? null}
          returned={last?.act === 'RETURNED' ? last.fields : []}
          look={look}
        />
        {application && <Steps steps={application.steps} />}
      </div>
    );
  if (error && !application) return <Failure error={error} retry={look} />;
  if (applicationId !== null && application !== null) return <Skeleton className="is-card" count={3} />;
  return (
    <Empty icon="hall" title={t('这里看不到这份申请。')}>
      <Link className="button" href="/apply">
        {t('看我的申请')}
      </Link>
    </Empty>
  );
}

interface ListProps {
  readonly userId: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly state: Application['state'];
    readonly name: string;
    readonly updatedAt: string;
  }[];
}

function All({ userId, nodes }: ListProps) {
  useHeard();
  const [, go] = useLocation();
  const begin = () => go(`/apply/${applications.begin(userId, {}, blankForm).key}`);
  const unsent = applications.of(userId).filter(({ id }) => id === null);
  const isEmpty = nodes.length === 0 && unsent.length === 0;
  return (
    <div className="panels">
      {isEmpty && (
        <section className="panel">
          <h2>
            <Icon name="leaf" />
            {t('在桃源开店卖货')}
          </h2>
          <ol className="steps">
            <li>{t('填三页：您是谁，卖什么，证照拍照。')}</li>
            <li>{t('县里推荐，平台审核，一般几个工作日。')}</li>
            <li>{t('通过了就能上架卖货，钱打到您的银行账户。')}</li>
          </ol>
        </section>
      )}
      {!isEmpty && (
        <nav className="panel rows" aria-label={t('我的申请')}>
          {unsent.map(({ key, form }) => (
            <Link key={key} href={`/apply/${key}`}>
              <Icon name="hall" />
              <span>
                {form.name === '' ? t('没有名字') : form.name}
                <small>{t('没写完')}</small>
              </span>
              <Icon name="right" />
            </Link>
          ))}
          {nodes.map(({ id, state, name, updatedAt }) => (
            <Link key={id} href={`/apply/${id}`} className={state === 'RETURNED' ? 'is-urgent' : ''}>
              <Icon name="hall" />
              <span>
                {name === '' ? t('没有名字') : name}
                <small>
                  {applicationWord(state)} · {dayOf(updatedAt)}
                </small>
              </span>
              <Icon name="right" />
            </Link>
          ))}
        </nav>
      )}
      <button
        type="button"
        className={`button is-wide is-large${isEmpty ? '' : ' is-quiet'}`}
        onClick={begin}
      >
        {isEmpty ? t('开始申请') : t('再申请一个')}
      </button>
    </div>
  );
}

/** Somebody who wants to sell applies, and sees what became of it; also whoever works for nobody yet. */
export default function Apply({ id }: { id?: string }) {
  const [{ data, error }, again] = useQuery({
    query: APPLICATIONS,
    variables: {},
    requestPolicy: 'network-only',
  });
  const userId = data?.viewer?.id;
  return (
    <>
      <TopBar title={t('申请开店')} />
      <main id="main" className="page is-narrow">
        {error && !data && <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
        {!error && !data && <Skeleton className="is-card" count={2} />}
        {data && userId !== undefined && id === undefined && (
          <All userId={userId} nodes={data.merchantApplications.nodes} />
        )}
        {userId !== undefined && id !== undefined && <One key={id} id={id} userId={userId} />}
      </main>
    </>
  );
}
