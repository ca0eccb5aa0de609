import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { Only, useDesk } from '../desk.js';
import { History, type Marks, Paper, type Row, Rows, useMarks } from '../review-case.js';
import { Decide, useDecision } from '../review-decide.js';
import { type Certification, certificationWord, officeWord, paperWord } from '../review-words.js';
import {
  CERTIFICATION,
  CERTIFICATION_PASS,
  CERTIFICATION_REFUSE,
  CERTIFICATION_RETURN,
  OBJECTIONS,
  OBJECTION_DECIDE,
} from '../review.documents.js';
import { Act, Page, Path, Section } from '../ui.js';

type Objection = ResultOf<typeof OBJECTIONS>['certificationObjections'][number];

function rowsOf(item: Certification): readonly Row[] {
  const { id, content, files } = item;
  const papers = content.papers.map(({ kind, number, validFrom, validTo, fileIds }, index): Row => {
    const label = kind === null ? t('材料') : paperWord(kind);
    return {
      label,
      path: `content.papers.${index}`,
      now: (
        <Paper
          paper={{
            label,
            number,
            validFrom,
            validTo,
            files: files.filter((file) => fileIds.includes(file.id)),
          }}
          hrefOf={(fileId) => `/certification-applications/${id}/files/${fileId}`}
        />
      ),
    };
  });
  const households = new Set(item.linked.map(({ householdId }) => householdId)).size;
  return [
    { label: t('一年卖多少'), path: 'content.commodityValueFen', now: amountOf(item.commodityValueFen) },
    {
      label: t('带动'),
      path: 'content.agreementIds',
      now: t('{agreements} 份协议，{households} 户 {persons} 人', {
        agreements: content.agreementIds.length,
        households,
        persons: item.linkedPersonCount,
      }),
    },
    { label: t('比价'), path: 'content.priceComparison', now: content.priceComparison },
    { label: t('售后'), path: 'content.afterSale', now: content.afterSale },
    {
      label: t('加工食品'),
      path: 'content.isProcessedFood',
      now: content.isProcessedFood === null ? null : content.isProcessedFood ? t('是') : t('不是'),
    },
    ...papers,
  ];
}

/** The chain as a line: what is done, whose turn it is, what follows. */
function Chain({ item }: { item: Certification }) {
  const isOver = item.state === 'CONFIRMED' || item.state === 'LISTED';
  return (
    <ol className="steps">
      {item.chain.map(({ kind, office, days }, index) => {
        const isDone = isOver || index < item.stepNo;
        const isNow = !isOver && index === item.stepNo && item.desk !== null;
        const last = [...item.steps]
          .reverse()
          .find(({ stepNo, act }) => stepNo === index && act === 'PASSED');
        return (
          <li
            key={`${office} ${kind}`}
            className={isDone ? 'is-done' : ''}
            aria-current={isNow ? 'step' : undefined}
          >
            <b>{kind === 'NOTICE' ? t('公示 {n} 天', { n: days ?? 0 }) : officeWord(office)}</b>
            <small>
              {isDone && last
                ? momentOf(last.at)
                : isNow && item.waitingSince
                  ? momentOf(item.waitingSince)
                  : ''}
            </small>
          </li>
        );
      })}
    </ol>
  );
}

function ObjectionCard({
  objection,
  mayDecide,
  changed,
}: {
  objection: Objection;
  mayDecide: boolean;
  changed: () => void;
}) {
  const { act, isBusy, refusal } = useDecision(OBJECTION_DECIDE, changed);
  const decide = (isUpheld: boolean) => (reason: string) => act({ id: objection.id, isUpheld, reason });
  return (
    <li className={objection.state === 'OPEN' ? 'is-open' : ''}>
      <span>{objection.body}</span>
      <small>
        {objection.maskedPhone} · {momentOf(objection.createdAt)}
      </small>
      {objection.reason !== '' && <span>{objection.reason}</span>}
      {mayDecide && objection.state === 'OPEN' && (
        <div className="acts">
          <Act
            name={t('异议成立，退回')}
            question={t('成立就退回去改。写明理由。')}
            wantsReason
            isBad
            isBusy={isBusy}
            refusal={refusal}
            act={decide(true)}
          />
          <Act
            name={t('异议不成立')}
            question={t('不成立就接着公示。写明理由。')}
            wantsReason
            isBusy={isBusy}
            refusal={refusal}
            act={decide(false)}
          />
        </div>
      )}
    </li>
  );
}

function Objections({ id, changed }: { id: string; changed: () => void }) {
  const { may } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: OBJECTIONS,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" />;
  return (
    <Section title={t('公示期间的异议')}>
      {data.certificationObjections.length === 0 ? (
        <p>{t('没有人提出异议。')}</p>
      ) : (
        <ol className="checks">
          {data.certificationObjections.map((objection) => (
            <ObjectionCard
              key={objection.id}
              objection={objection}
              mayDecide={may('CERTIFY')}
              changed={() => {
                look();
                changed();
              }}
            />
          ))}
        </ol>
      )}
    </Section>
  );
}

function DecideCertification({
  item,
  marks,
  changed,
}: {
  item: Certification;
  marks: Marks;
  changed: () => void;
}) {
  const pass = useDecision(CERTIFICATION_PASS, changed);
  const sendBack = useDecision(CERTIFICATION_RETURN, changed);
  const refuse = useDecision(CERTIFICATION_REFUSE, changed);
  const { id, revision } = item;
  return (
    <Decide
      item={item}
      marks={marks}
      backQuestion={t('改好再交，从头走一遍。再写一句总的理由。')}
      sendBack={sendBack}
      refuse={refuse}
    >
      <Act
        name={t('通过本级')}
        question={t('写下本级意见，通过后送下一级。')}
        wantsReason
        isBusy={pass.isBusy}
        refusal={pass.refusal}
        act={(reason) => pass.act({ id, revision, reason })}
      />
    </Decide>
  );
}

function Found({ id }: { id: string }) {
  const { may } = useDesk();
  const [{ data: answer, error }, again] = useQuery({
    query: CERTIFICATION,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const marks = useMarks();
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const item = data.certificationApplication;
  if (!item)
    return (
      <Empty icon="certified" title={t('没有这一件：它不在您的辖区，或者还没有提交。')}>
        <Link className="button is-quiet" href="/reviews?kind=certifications">
          {t('回到审核台')}
        </Link>
      </Empty>
    );
  // Whether it waits at one's own desk, only the service knows: who does not sit there is told so.
  const mayDecide = item.state === 'IN_REVIEW' && may('CERTIFY');
  return (
    <>
      <Section
        title={item.productName}
        note={`${item.merchantName} · ${item.schemeCode} · ${certificationWord(item.state)}`}
      >
        <Chain item={item} />
      </Section>
      <Section title={t('申请材料')}>
        <Rows caption={t('申请材料')} rows={rowsOf(item)} marks={mayDecide ? marks : null} />
      </Section>
      {mayDecide && <DecideCertification item={item} marks={marks} changed={look} />}
      {item.noticeFrom !== null && <Objections id={id} changed={look} />}
      <History
        steps={item.steps}
        whoOf={(index) => {
          const office = item.steps[index]?.office;
          return office ? officeWord(office) : '';
        }}
      />
    </>
  );
}

export default function ReviewCertification({ id }: { id: string }) {
  return (
    <Only may="CERTIFICATION_READ">
      <Page title={t('产品认定')} note={t('每次打开材料都有记录')}>
        <Path
          steps={[
            { name: t('审核台'), href: '/reviews?kind=certifications' },
            { name: t('产品认定'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
