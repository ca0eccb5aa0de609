import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { CERTIFICATION, CERTIFICATION_WITHDRAW } from '../certification.documents.js';
import { certifications } from '../certification/drafts.js';
import { Editor } from '../certification/editor.js';
import { type Form, formOf } from '../certification/form.js';
import { type Certification, actWord, certificationWord, stepWord } from '../certification/words.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { isTyped, useHeard } from '../drafts.js';
import { Choose } from '../saving.js';

/** The way it goes: what is done, whose turn it is, what follows. */
function Chain({ item }: { item: Certification }) {
  const isOver = item.state === 'CONFIRMED' || item.state === 'LISTED';
  if (item.chain.length === 0 || isTyped(item)) return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="certified" />
        {t('走到哪里了')}
      </h2>
      <ol className="way chain">
        {item.chain.map((step, index) => {
          const isDone = isOver || index < item.stepNo;
          const isNow = !isOver && index === item.stepNo && item.desk !== null;
          return (
            <li
              key={`${step.office} ${step.kind}`}
              className={isDone ? 'is-done' : isNow ? 'is-now' : 'is-ahead'}
              aria-current={isNow ? 'step' : undefined}
            >
              <span>
                <b>{stepWord(step)}</b>
                <small>
                  {isDone
                    ? t('办好了')
                    : !isNow
                      ? t('还没到')
                      : item.noticeTo !== null && item.state === 'ON_NOTICE'
                        ? t('公示到 {day}', { day: dayOf(item.noticeTo) })
                        : t('{day}起在等', { day: dayOf(item.waitingSince ?? '') })}
                </small>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** What happened to it, the latest first, with what an office has said. */
function Steps({ steps }: Pick<Certification, 'steps'>) {
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
              <b>{actWord(act)}</b>
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

const noteOf = (state: Certification['state']): string =>
  ({
    DRAFT: '',
    RETURNED: '',
    IN_REVIEW: t('交上去了，在一级一级审，不用做什么。'),
    ON_NOTICE: t('在公示，没人提出异议就往下走。'),
    CONFIRMED: t('各级都过了，等着一批公布。公布了才算数。'),
    LISTED: t('认定了。从公布那天起，卖的都算。'),
    REFUSED: t('没通过。改了再申请，要重新开始。'),
    WITHDRAWN: t('撤回了。'),
  })[state];

function Shown({ item, changed }: { item: Certification; changed: () => void }) {
  const { id, state, linkedPersonCount, commodityValueFen } = item;
  const { act, isBusy, refusal } = useAct(CERTIFICATION_WITHDRAW, changed);
  const mayWithdraw = state === 'IN_REVIEW' || state === 'ON_NOTICE' || state === 'CONFIRMED';
  const isGood = state === 'LISTED' || state === 'CONFIRMED';
  return (
    <div className="panels">
      <section className="panel">
        <h2>
          {item.productName}
          <span className={`tag${isGood ? '' : ' is-warm'}`}>{certificationWord(state)}</span>
        </h2>
        <p role="status">{noteOf(state)}</p>
        <dl className="sums">
          <div>
            <dt>{t('一年卖多少')}</dt>
            <dd>{amountOf(commodityValueFen)}</dd>
          </div>
          <div>
            <dt>{t('带动多少人')}</dt>
            <dd>{t('{n} 人', { n: linkedPersonCount })}</dd>
          </div>
        </dl>
      </section>
      <Chain item={item} />
      <Steps steps={item.steps} />
      <RefusalNote refusal={refusal} />
      {mayWithdraw && (
        <SureButton
          className="button is-quiet is-wide"
          name={t('撤回来')}
          sure={t('撤回就不审了，再按一次')}
          isBusy={isBusy}
          act={() => void act({ id }).then((done) => done && changed())}
        />
      )}
    </div>
  );
}

const tell = ({ yuan, agreementIds, papers }: Form): string =>
  t('一年 {yuan} 元，{agreements} 份协议，{papers} 样材料', {
    yuan: yuan === '' ? '0' : yuan,
    agreements: agreementIds.length,
    papers: Object.keys(papers).length,
  });

/** What an office wants mended, as it was said last. */
const returnedStep = (item: Certification | null | undefined) =>
  item?.state === 'RETURNED'
    ? [...item.steps].reverse().find(({ act }) => act === 'RETURNED' || act === 'OBJECTION_UPHELD')
    : undefined;

function Page({ id }: { id: string }) {
  const { merchant } = useDesk();
  useHeard();
  const draft = certifications.find(merchant.id, id);
  const applicationId = draft?.id ?? (id.startsWith('cap_') ? id : null);
  const [{ data: answer, error, fetching }, again] = useQuery({
    query: CERTIFICATION,
    variables: { id: applicationId ?? '' },
    // A draft that has become one while it was typed is known already.
    pause: applicationId === null || (draft !== null && !id.startsWith('cap_') && draft.revision < 2),
    requestPolicy: 'network-only',
  });
  const data = useLast(answer);
  const item = data?.certificationApplication;
  const [isToChoose, setToChoose] = useState(false);
  // Each choice begins the form anew, with what was chosen.
  const [round, setRound] = useState(0);
  // Whoever has begun to type is not interrupted by a look at what is there.
  const isOpen = useRef(false);
  useEffect(() => {
    if (item) setToChoose(certifications.meet(merchant.id, item));
  }, [item]);
  const look = () => again({ requestPolicy: 'network-only' });
  const chosen = () => {
    setToChoose(false);
    setRound(round + 1);
  };
  if (item && !isTyped(item)) return <Shown item={item} changed={look} />;
  if (isToChoose && draft && item)
    return (
      <Choose
        title={t('别的手机也改了这份申请')}
        ours={tell(draft.form)}
        theirs={tell(formOf(item))}
        takeOurs={() => {
          certifications.takeOurs(draft, item);
          chosen();
        }}
        takeTheirs={() => {
          certifications.takeTheirs(draft, item);
          chosen();
        }}
      />
    );
  if (draft && (isOpen.current || draft.isDirty || !fetching || data !== undefined)) {
    isOpen.current = true;
    const returned = returnedStep(item);
    return (
      <div className="panels">
        <h2 className="heading">{draft.about.productName}</h2>
        {returned && (
          <p className="notice is-bad" role="status">
            {t('退回来了：{reason}', { reason: returned.reason })}
          </p>
        )}
        <Editor key={`${draft.key} ${round}`} draft={draft} returned={returned?.fields ?? []} look={look} />
        {item && <Steps steps={item.steps} />}
      </div>
    );
  }
  if (error && !data) return <Failure error={error} retry={look} />;
  if (applicationId !== null && item !== null) return <Skeleton className="is-card" count={3} />;
  return (
    <Empty icon="certified" title={t('这里看不到这份申请：它不在，或者是别家的。')}>
      <Link className="button" href="/certifications">
        {t('看所有申请')}
      </Link>
    </Empty>
  );
}

/** A pack that is typed, that goes its way, or that was decided on. */
export default function CertificationPage({ id }: { id: string }) {
  return (
    <>
      <TopBar title={t('申请认定')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <Page id={id} />
        </OwnerOnly>
      </main>
    </>
  );
}
