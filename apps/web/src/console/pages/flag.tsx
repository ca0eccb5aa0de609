import { useQuery } from 'urql';
import { Link } from 'wouter';
import { exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { APPEAL_DECIDE, FLAG, FLAG_CONFIRM, FLAG_DISMISS } from '../claim.documents.js';
import { EffectTable } from '../claim-parts.js';
import {
  type Flag,
  flagActWord,
  flagWord,
  numberText,
  numberWord,
  ruleNote,
  ruleWord,
  severityWord,
} from '../claim-words.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import { History } from '../review-case.js';
import { useDecision } from '../review-decide.js';
import { Act, Facts, Page, Path, Section } from '../ui.js';

function DecideFlag({ id, changed }: { id: string; changed: () => void }) {
  const dismiss = useDecision(FLAG_DISMISS, changed);
  const confirm = useDecision(FLAG_CONFIRM, changed);
  return (
    <div className="acts">
      <Act
        name={t('没有问题')}
        question={t('查过没有问题，登记的数不变。写明怎么查的。')}
        wantsReason
        isBusy={dismiss.isBusy}
        refusal={dismiss.refusal}
        act={(reason) => dismiss.act({ id, reason })}
      />
      <Act
        name={t('属实，扣除')}
        question={t('以您的名字从认定额里扣掉上面列的数，商家看得到，可以申诉。写明理由。')}
        wantsReason
        isBad
        isBusy={confirm.isBusy}
        refusal={confirm.refusal}
        act={(reason) => confirm.act({ id, reason })}
      />
    </div>
  );
}

function DecideAppeal({ id, changed }: { id: string; changed: () => void }) {
  const { act, isBusy, refusal } = useDecision(APPEAL_DECIDE, changed);
  const decide = (isGranted: boolean) => (reason: string) => act({ id, isGranted, reason });
  return (
    <>
      <p className="note">{t('判定属实的人，不判它的申诉。')}</p>
      <div className="acts">
        <Act
          name={t('申诉成立，加回')}
          question={t('扣掉的全部加回认定额。写明理由。')}
          wantsReason
          isBusy={isBusy}
          refusal={refusal}
          act={decide(true)}
        />
        <Act
          name={t('申诉不成立')}
          question={t('维持扣除，登记的数不变。写明理由。')}
          wantsReason
          isBad
          isBusy={isBusy}
          refusal={refusal}
          act={decide(false)}
        />
      </div>
    </>
  );
}

function AppealPapers({ flag: { id, steps } }: { flag: Flag }) {
  const files = steps.flatMap(({ fileIds }) => fileIds);
  if (files.length === 0) return null;
  return (
    <p>
      {files.map((fileId, index) => (
        <a key={fileId} className="paper-link" href={`/integrity-flags/${id}/files/${fileId}`} download>
          {t('申诉材料 {n}', { n: index + 1 })}
        </a>
      ))}
    </p>
  );
}

function Found({ id }: { id: string }) {
  const { may } = useDesk();
  const [{ data: answer, error }, again] = useQuery({
    query: FLAG,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const flag = data.integrityFlag;
  if (!flag)
    return (
      <Empty icon="check" title={t('没有这一件：它不在您的辖区。')}>
        <Link className="button is-quiet" href="/claims?kind=flags">
          {t('回到申报与异常')}
        </Link>
      </Empty>
    );
  const { rule, state, severity } = flag;
  const waits = (state === 'OPEN' || state === 'APPEALED') && may('VOLUME_REVIEW');
  return (
    <>
      <div className="columns">
        <Section title={ruleWord(rule)} note={`${severityWord(severity)} · ${flagWord(state)}`}>
          <p className="verdict is-partly">{ruleNote(rule)}</p>
          <Facts
            rows={[
              [t('商家'), flag.merchantName || '—'],
              [t('发现于'), exactMomentOf(flag.createdAt)],
              ...flag.numbers.map(({ name, value }) => [numberWord(name), numberText(name, value)] as const),
            ]}
          />
          <AppealPapers flag={flag} />
        </Section>
        {waits && (
          <Section
            title={state === 'OPEN' ? t('属实后登记的数') : t('申诉成立后登记的数')}
            note={t('按登记的规则现算')}
          >
            <EffectTable effect={flag.effect} nothing={t('登记的数不变：没有可扣的了。')} />
            {state === 'OPEN' ? (
              <DecideFlag id={id} changed={look} />
            ) : (
              <DecideAppeal id={id} changed={look} />
            )}
          </Section>
        )}
      </div>
      <Section title={t('涉及的销售')} note={t('元；最多列 200 笔')}>
        <Table
          caption={t('涉及的销售')}
          rows={flag.facts}
          keyOf={(fact) => fact.id}
          columns={[
            { name: t('时间'), cell: ({ at }) => exactMomentOf(at) },
            { name: t('商品'), cell: ({ product }) => product.name },
            {
              name: t('单号'),
              cell: ({ sourceSystem, orderNo }) => (
                <span className="account">
                  <span className="code">{orderNo || '—'}</span>
                  <small>{sourceSystem}</small>
                </span>
              ),
            },
            { name: t('认定额（元）'), isFigure: true, cell: ({ recognisedFen }) => amountOf(recognisedFen) },
          ]}
        />
      </Section>
      {flag.steps.length > 0 && (
        <History
          steps={flag.steps.map((step) => ({ ...step, fields: [] }))}
          wordOf={(index) => flagActWord(flag.steps[index]?.act ?? 'DISMISSED')}
        />
      )}
    </>
  );
}

/** What a check suspects: what was measured, the sales it is about, and what it would take off. */
export default function FlagPage({ id }: { id: string }) {
  return (
    <Only may="REVIEW_READ">
      <Page title={t('异常')} note={id}>
        <Path
          steps={[
            { name: t('申报与异常'), href: '/claims?kind=flags' },
            { name: t('异常'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
