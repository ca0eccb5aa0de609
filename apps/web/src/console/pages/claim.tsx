import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { CLAIM, CLAIM_APPROVE, CLAIM_REJECT, CLAIM_RETURN, CLAIM_REVERSE } from '../claim.documents.js';
import { EffectTable } from '../claim-parts.js';
import {
  type Claim,
  buyerWord,
  claimActWord,
  claimWord,
  claimantWord,
  duplicateWord,
  evidenceWord,
  tellerWord,
} from '../claim-words.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import { weightText } from '../figures.js';
import { History, type Marks, type Row, Rows, useMarks } from '../review-case.js';
import { Decide, useDecision } from '../review-decide.js';
import { countyName } from '../review-words.js';
import { Act, Facts, Page, Path, Section } from '../ui.js';
import { channelWord } from '../words.js';

function rowsOf({ content }: Claim, placeName: (code: string) => string): readonly Row[] {
  const row = (label: string, field: string, now: string | null): Row => ({
    label,
    path: `content.${field}`,
    now,
  });
  return [
    row(t('渠道'), 'channelKind', content.channelKind && channelWord(content.channelKind)),
    row(t('买家类别'), 'buyerKind', content.buyerKind && buyerWord(content.buyerKind)),
    row(t('买家'), 'buyerName', content.buyerName),
    ...(content.buyerPhone === null ? [] : [row(t('买家电话'), 'buyerPhone', content.buyerPhone)]),
    ...(content.buyerCreditCode === null
      ? []
      : [row(t('统一社会信用代码'), 'buyerCreditCode', content.buyerCreditCode)]),
    ...content.lines.map((line, index) =>
      row(
        t('第 {n} 笔', { n: index + 1 }),
        `lines.${index}`,
        [
          line.soldOn && dayOf(line.soldOn),
          line.productName ?? line.batchId ?? line.productId,
          line.originCountyCode && placeName(line.originCountyCode),
          line.quantity !== null && t('{n} 件', { n: line.quantity }),
          line.weightG !== null && weightText(line.weightG),
          line.amountFen && amountOf(line.amountFen),
        ]
          .filter(Boolean)
          .join(' · '),
      ),
    ),
    ...(content.note === null ? [] : [row(t('备注'), 'note', content.note)]),
  ];
}

/** What proves it, beside what it says. Whoever opens a file is in the audit log. */
function Evidence({ claim: { id, evidence } }: { claim: Claim }) {
  return (
    <Section title={t('证据')} note={t('打开文件都有记录')}>
      {evidence.length === 0 && <p className="note">{t('没有附件')}</p>}
      <ol className="checks">
        {evidence.map(({ kind, invoiceNo, file, elsewhereCount }) => {
          const href = file && `/claims/${id}/files/${file.id}`;
          return (
            <li key={`${invoiceNo} ${file?.id ?? ''}`} className={elsewhereCount > 0 ? 'is-bad' : ''}>
              <b>{evidenceWord(kind)}</b>
              {invoiceNo !== '' && <span className="code">{invoiceNo}</span>}
              {elsewhereCount > 0 && (
                <span className="refusal">{t('另有 {n} 份申报用了同一份文件', { n: elsewhereCount })}</span>
              )}
              {file && href !== null && (
                <a className="paper-link" href={href} download={file.name}>
                  {file.mediaType.startsWith('image/') ? (
                    <img className="review-photo" src={href} alt={file.name} loading="lazy" />
                  ) : (
                    file.name
                  )}
                </a>
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

interface Suspicion {
  readonly id: string;
  readonly state: 'HELD' | 'CLEARED' | 'CONFIRMED';
  readonly amountFen: string;
  readonly earlier: {
    readonly source: string;
    readonly day: string;
    readonly product: { readonly name: string };
  };
}

function Suspicions({ rows }: { rows: readonly Suspicion[] }) {
  if (rows.length === 0) return null;
  return (
    <Section title={t('疑似重复')} note={t('都判定过，才能通过')}>
      <Table
        caption={t('疑似重复')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('商品'),
            cell: ({ id, earlier }) => <Link href={`/claims/duplicates/${id}`}>{earlier.product.name}</Link>,
          },
          {
            name: t('先报的'),
            cell: ({ earlier }) => `${tellerWord(earlier.source)} · ${dayOf(earlier.day)}`,
          },
          { name: t('金额（元）'), isFigure: true, cell: ({ amountFen }) => amountOf(amountFen) },
          { name: t('进度'), cell: ({ state }) => duplicateWord(state) },
        ]}
      />
    </Section>
  );
}

function DecideClaim({ claim, marks, changed }: { claim: Claim; marks: Marks; changed: () => void }) {
  const approve = useDecision(CLAIM_APPROVE, changed);
  const sendBack = useDecision(CLAIM_RETURN, changed);
  const refuse = useDecision(CLAIM_REJECT, changed);
  const { id: claimId } = claim;
  return (
    <Decide
      item={claim}
      marks={marks}
      backQuestion={t('标出的地方会一处一处告诉申报人。再写一句总的理由。')}
      refuseQuestion={t('这份申报不再能用，发票可以另外申报。写明理由。')}
      sendBack={{ ...sendBack, act: ({ reason, fields }) => sendBack.act({ claimId, reason, fields }) }}
      refuse={{ ...refuse, act: ({ reason }) => refuse.act({ claimId, reason }) }}
    >
      <Act
        name={t('通过')}
        question={t('计入线下申报 {money}，不计入认定额。', { money: amountOf(claim.totalFen) })}
        isBusy={approve.isBusy}
        refusal={approve.refusal}
        act={() => approve.act({ claimId })}
      />
    </Decide>
  );
}

function Reverse({ claim, changed }: { claim: Claim; changed: () => void }) {
  const { act, isBusy, refusal } = useDecision(CLAIM_REVERSE, changed);
  return (
    <Section title={t('怎么办')}>
      <div className="acts">
        <Act
          name={t('撤销')}
          question={t('今天起从线下申报里扣掉 {money}，发票可以另外申报。写明理由。', {
            money: amountOf(claim.totalFen),
          })}
          wantsReason
          isBad
          isBusy={isBusy}
          refusal={refusal}
          act={(reason) => act({ claimId: claim.id, reason })}
        />
      </div>
    </Section>
  );
}

function Found({ id }: { id: string }) {
  const desk = useDesk();
  const [{ data: answer, error }, again] = useQuery({
    query: CLAIM,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const marks = useMarks();
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const { claim } = data;
  if (!claim)
    return (
      <Empty icon="receipt" title={t('没有这一件：它不在您的辖区，或者还没有提交。')}>
        <Link className="button is-quiet" href="/claims">
          {t('回到申报与异常')}
        </Link>
      </Empty>
    );
  const { state } = claim;
  const mayReview = desk.may('VOLUME_REVIEW');
  const mayDecide = state === 'SUBMITTED' && mayReview;
  return (
    <>
      <Section title={claim.claimantName} note={`${claimantWord(claim.claimantKind)} · ${claimWord(state)}`}>
        <Facts
          rows={[
            [t('合计'), `${amountOf(claim.totalFen)} · ${t('{n} 笔', { n: claim.lineCount })}`],
            [t('由谁审'), countyName(desk, claim.countyCode)],
            [t('提交于'), claim.submittedAt === null ? '—' : exactMomentOf(claim.submittedAt)],
          ]}
        />
      </Section>
      <div className="columns">
        <Section title={t('申报内容')}>
          <Rows
            caption={t('申报内容')}
            rows={rowsOf(claim, (code) => countyName(desk, code))}
            marks={mayDecide ? marks : null}
          />
        </Section>
        <Evidence claim={claim} />
      </div>
      <Suspicions rows={data.suspectedDuplicates.nodes} />
      {mayReview && (state === 'SUBMITTED' || state === 'APPROVED') && (
        <Section
          title={state === 'SUBMITTED' ? t('通过后登记的数') : t('撤销后登记的数')}
          note={t('按登记的规则现算')}
        >
          <EffectTable effect={claim.effect} nothing={t('登记的数不变。')} />
        </Section>
      )}
      {mayDecide && <DecideClaim claim={claim} marks={marks} changed={look} />}
      {state === 'APPROVED' && mayReview && <Reverse claim={claim} changed={look} />}
      <History steps={claim.steps} wordOf={(index) => claimActWord(claim.steps[index]?.act ?? 'SUBMITTED')} />
    </>
  );
}

/** A sale made elsewhere, on somebody's word: what it says beside what proves it, and what it would do to the register. */
export default function ClaimPage({ id }: { id: string }) {
  return (
    <Only may="REVIEW_READ">
      <Page title={t('线下申报')} note={t('每次打开都有记录')}>
        <Path
          steps={[
            { name: t('申报与异常'), href: '/claims' },
            { name: t('线下申报'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
