import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { Only, useDesk } from '../desk.js';
import { aboutHref } from '../ledger-table.js';
import { seenRefundHashOf } from '../payout-hash.js';
import { type BankRefund, refundStateWord } from '../refund-words.js';
import {
  BANK_REFUND,
  BANK_REFUND_CONFIRM,
  BANK_REFUND_INSTRUCT,
  BANK_REFUND_RETURN,
  BANK_REFUND_VOTE,
} from '../refund.documents.js';
import { useDecision } from '../review-decide.js';
import { Act, Facts, Page, Path, Section } from '../ui.js';

interface PartProps {
  readonly refund: BankRefund;
  readonly changed: () => void;
}

/** Undefined while it is reckoned; null where the browser does not. */
function useSeenHash(refund: BankRefund): string | null | undefined {
  const [seen, setSeen] = useState<string | null>();
  useEffect(() => {
    let isLeft = false;
    void seenRefundHashOf(refund).then((hash) => {
      if (!isLeft) setSeen(hash);
    });
    return () => {
      isLeft = true;
    };
  }, [refund]);
  return seen;
}

/** Somebody else's wish. What is agreed to is the fingerprint of what stands on the page. */
function Vote({ refund, changed }: PartProps) {
  const { viewer, may } = useDesk();
  const { act, isBusy, refusal } = useDecision(BANK_REFUND_VOTE, changed);
  const seen = useSeenHash(refund);
  const { refundId: id, approval, amountFen } = refund;
  if (approval.requestedBy.id === viewer.id)
    return <p className="note">{t('这是您提的，等另外两个人同意；自己不能同意自己的。')}</p>;
  if (approval.votes.some(({ by }) => by.id === viewer.id))
    return <p className="note">{t('您已经同意，还等另一个人。')}</p>;
  if (!may('MANUAL_REFUND_APPROVE')) return <p className="note">{t('等平台财务的另外两个人来同意。')}</p>;
  if (seen === undefined) return <p className="note">{t('正在核对每一笔和内容指纹。')}</p>;
  if (seen !== null && seen !== approval.contentHash)
    return (
      <p className="verdict is-failed">
        {t('按这一页的内容算出的指纹，与要批的不同。请刷新再看；仍不同，不要批，报平台运营。')}
      </p>
    );
  const contentHash = seen ?? approval.contentHash;
  const vote = (verdict: 'APPROVE' | 'REJECT') => (reason: string) =>
    act({ id, verdict, reason: reason === '' ? null : reason, contentHash });
  return (
    <>
      <p className="note">
        {seen === null
          ? t('本页不是加密地址，浏览器没有核算指纹；批的是 {short}…', { short: contentHash.slice(0, 12) })
          : t('浏览器按这一页的内容算出指纹 {short}…，与要批的一致。', { short: contentHash.slice(0, 12) })}
      </p>
      <div className="acts no-print">
        <Act
          name={t('同意退款')}
          question={t('同意由我们的银行付出 {money}。', { money: amountOf(amountFen) })}
          isBusy={isBusy}
          refusal={refusal}
          act={vote('APPROVE')}
        />
        <Act
          name={t('不同意')}
          question={t('写明理由；钱退回出钱的各方，退款算没成。')}
          wantsReason
          isBad
          isBusy={isBusy}
          refusal={refusal}
          act={vote('REJECT')}
        />
      </div>
    </>
  );
}

/** The account in full, for whoever goes to the bank, and for as long as this page is open. */
function Instruct({ refund, changed }: PartProps) {
  const { act, isBusy, refusal } = useDecision(BANK_REFUND_INSTRUCT, changed);
  const [told, setTold] = useState<Awaited<ReturnType<typeof act>>>(null);
  return (
    <>
      {told && (
        <Facts
          rows={[
            [t('户名'), told.instruction.holderName],
            [t('开户行'), told.instruction.bankName],
            [t('账号'), <span className="code">{told.instruction.accountNumber}</span>],
            [t('金额'), amountOf(told.instruction.amountFen)],
            [t('附言'), told.instruction.remark],
          ]}
        />
      )}
      <Act
        name={refund.state === 'APPROVED' ? t('去银行办') : t('再看一次账号')}
        question={t('显示完整账号。谁看的、什么时候，记在审计日志里。')}
        isBusy={isBusy}
        refusal={refusal}
        act={async () => {
          const answer = await act({ id: refund.refundId });
          setTold(answer);
          return answer;
        }}
      />
    </>
  );
}

function Confirm({ refund, changed }: PartProps) {
  const { act, isBusy, refusal } = useDecision(BANK_REFUND_CONFIRM, changed);
  const [bankRef, setBankRef] = useState('');
  return (
    <Act
      name={t('已付到')}
      question={t('照银行回单填流水号；一笔流水只能用一次。账号随后抹去。')}
      isBusy={isBusy}
      refusal={refusal}
      more={
        <label className="field">
          <span>{t('银行流水号')}</span>
          <input
            required
            value={bankRef}
            minLength={4}
            maxLength={80}
            spellCheck={false}
            autoComplete="off"
            onInput={(event) => setBankRef(event.currentTarget.value)}
          />
        </label>
      }
      act={() => act({ id: refund.refundId, bankRef: bankRef.trim() })}
    />
  );
}

function Return({ refund, changed }: PartProps) {
  const { act, isBusy, refusal } = useDecision(BANK_REFUND_RETURN, changed);
  return (
    <Act
      name={t('没付到')}
      question={t('银行没付成，或者没去办：钱退回出钱的各方，退款算没成。')}
      isBad
      isBusy={isBusy}
      refusal={refusal}
      act={() => act({ id: refund.refundId })}
    />
  );
}

function Next(props: PartProps) {
  const { may } = useDesk();
  const { state, isSetAside } = props.refund;
  if (state === 'WAITING') return <Vote {...props} />;
  if (state !== 'APPROVED' && state !== 'INSTRUCTED')
    return <p className="note">{t('已经了结，没有要办的。')}</p>;
  if (!may('MANUAL_REFUND_SEND')) return <p className="note">{t('等平台财务去银行办。')}</p>;
  if (state === 'APPROVED' && !isSetAside)
    return <p className="note">{t('账上正在把这笔钱留出来，过一会儿再看。')}</p>;
  return (
    <div className="acts no-print">
      <Instruct {...props} />
      {state === 'INSTRUCTED' && <Confirm {...props} />}
      <Return {...props} />
    </div>
  );
}

function Found({ id }: { id: string }) {
  const { may } = useDesk();
  const [{ data: answer, error }, again] = useQuery({
    query: BANK_REFUND,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  const refund = data.bankRefund;
  if (!refund)
    return (
      <Empty icon="coin" title={t('没有这笔银行退款。请核对地址。')}>
        <Link className="button is-quiet" href="/refunds">
          {t('回到银行退款')}
        </Link>
      </Empty>
    );
  const { approval, orderId } = refund;
  return (
    <div className="columns">
      <Section title={amountOf(refund.amountFen)} note={refundStateWord(refund.state)}>
        <Facts
          rows={[
            [
              t('订单'),
              may('LEDGER_READ') ? (
                <Link href={aboutHref(orderId)}>
                  <span className="code">{orderId}</span>
                </Link>
              ) : (
                <span className="code">{orderId}</span>
              ),
            ],
            [t('退到'), `${refund.holderMasked} · ${refund.bankName} · …${refund.accountLastFour}`],
            [
              t('提出'),
              `${approval.requestedBy.name ?? approval.requestedBy.id} · ${exactMomentOf(approval.requestedAt)}`,
            ],
            [t('理由'), refund.note || '—'],
            [t('要几个人同意'), t('{n} 人，提出的人不算', { n: approval.requiredCount })],
            ...approval.votes.map(
              ({ by, verdict, reason, at }) =>
                [
                  verdict === 'APPROVE' ? t('同意') : t('不同意'),
                  [by.name ?? by.id, exactMomentOf(at), reason].filter(Boolean).join(' · '),
                ] as const,
            ),
            [t('内容指纹（SHA-256）'), <span className="code">{approval.contentHash}</span>],
            ...(refund.instructedAt === null
              ? []
              : ([[t('去银行办'), exactMomentOf(refund.instructedAt)]] as const)),
            ...(refund.bankRef === null ? [] : ([[t('银行流水号'), refund.bankRef]] as const)),
            ...(refund.closedAt === null ? [] : ([[t('了结'), exactMomentOf(refund.closedAt)]] as const)),
          ]}
        />
      </Section>
      <Section title={t('下一步')}>
        <Next refund={refund} changed={look} />
      </Section>
    </div>
  );
}

/** One refund by bank: to whom, who has agreed, and the one thing that comes next. */
export default function RefundPage({ id }: { id: string }) {
  return (
    <Only may="REFUND_READ">
      <Page title={t('银行退款')} note={id}>
        <Path
          steps={[
            { name: t('银行退款'), href: '/refunds' },
            { name: t('退款'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
