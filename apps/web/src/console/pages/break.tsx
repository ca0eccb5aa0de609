import { type ReactNode, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { exactMomentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import {
  BREAK,
  BREAK_ASSIGN,
  BREAK_NOTE,
  BREAK_OWNERS,
  BREAK_RESOLVE,
  MISMATCHED_REFUND,
  UNRETURNED_REFUND,
} from '../break.documents.js';
import {
  type Break,
  adviceOf,
  ageText,
  breakActWord,
  breakStateWord,
  checkWord,
  classWord,
  detailWord,
  sidesOf,
} from '../break-words.js';
import { BankAct } from '../bank-account.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import { aboutHref, accountHref, journalHref } from '../ledger-table.js';
import { Act, Facts, Page, Path, Section } from '../ui.js';

/** What the books can say something of leads there. */
function Told({ value }: { value: string }): ReactNode {
  const { may } = useDesk();
  const href = value.startsWith('jrn_')
    ? journalHref(value)
    : value.startsWith('pob_')
      ? `/payouts/${value}`
      : /^(asset|liability|revenue|expense):/.test(value)
        ? accountHref(value)
        : /^(ord|rfd|pyo|dsp|adj|rcp)_/.test(value)
          ? aboutHref(value)
          : null;
  const word = <span className="code">{value}</span>;
  return href !== null && may('LEDGER_READ') ? <Link href={href}>{word}</Link> : word;
}

const moneyOr = (fen: string | null): string => (fen === null ? t('没有金额') : amountOf(fen));

/** What each of the two says, beside each other. */
function Evidence({ found }: { found: Break }) {
  const [expected, actual] = sidesOf(found.check);
  return (
    <Section title={classWord(found.class)} note={checkWord(found.check)}>
      <div className="sides">
        <div>
          <h3>{expected}</h3>
          <p>{moneyOr(found.expectedFen)}</p>
        </div>
        <div>
          <h3>{actual}</h3>
          <p>{moneyOr(found.actualFen)}</p>
        </div>
        <div className="is-difference">
          <h3>{t('差')}</h3>
          <p>{moneyOr(found.differenceFen)}</p>
        </div>
      </div>
      <Facts
        rows={[
          [t('关于'), <Told value={found.subject} />],
          ...found.detail
            .filter(({ value }) => value !== '')
            .map(({ name, value }) => [detailWord(name), <Told value={value} />] as const),
          [t('事情发生'), exactMomentOf(found.happenedAt)],
          [t('第一次看到'), exactMomentOf(found.firstSeenAt)],
          [t('最近看到'), exactMomentOf(found.lastSeenAt)],
          ...(found.vanishedAt === null ? [] : ([[t('不再出现'), exactMomentOf(found.vanishedAt)]] as const)),
        ]}
      />
    </Section>
  );
}

const GIVES_BACK = new Set<Break['class']>(['AMOUNT_MISMATCH', 'UNRETURNED']);

/** The money goes back the way it came, or by our bank where that way is closed: then two others agree first. */
function GiveBack({ found, done }: { found: Break; done: () => void }) {
  const mismatched = useAct(MISMATCHED_REFUND);
  const unreturned = useAct(UNRETURNED_REFUND);
  const { act, isBusy, refusal } = found.class === 'UNRETURNED' ? unreturned : mismatched;
  const paymentId =
    found.detail.find(({ name }) => name === 'paymentId')?.value ??
    (found.subject.startsWith('pay_') ? found.subject : null);
  if (paymentId === null || !GIVES_BACK.has(found.class)) return null;
  return (
    <>
      <Act
        name={t('原路退回')}
        question={t('把这笔钱全部退回付款的地方。到账后差异自己了结。')}
        wantsReason
        isBusy={isBusy}
        refusal={refusal}
        act={(note) => act({ input: { paymentId, note } }).finally(done)}
      />
      <BankAct
        isBusy={isBusy}
        refusal={refusal}
        act={(note, bankAccount) =>
          act({ input: { paymentId, note, channel: 'MANUAL_BANK', bankAccount } }).finally(done)
        }
      />
    </>
  );
}

/** Given to whoever is to see to it; they find it among their own. */
function Hand({ found: { id, owner }, done }: { found: Break; done: () => void }) {
  const { act, isBusy, refusal } = useAct(BREAK_ASSIGN);
  const [{ data }] = useQuery({ query: BREAK_OWNERS, variables: {} });
  const [ownerId, choose] = useState('');
  const others = (data?.reconciliationOwners ?? []).filter((each) => each.id !== owner?.id);
  if (others.length === 0) return null;
  return (
    <Act
      name={t('交给别人')}
      question={t('交给谁办，谁的清单里就有它；经过里留下是您交的。')}
      isBusy={isBusy}
      refusal={refusal}
      more={
        <label className="field">
          <span>{t('交给谁')}</span>
          <select required value={ownerId} onChange={(event) => choose(event.currentTarget.value)}>
            <option value="">{t('请选')}</option>
            {others.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name ?? each.id}
              </option>
            ))}
          </select>
        </label>
      }
      act={() => act({ id, ownerId }).finally(done)}
    />
  );
}

function Acts({ found, done }: { found: Break; done: () => void }) {
  const { viewer, may } = useDesk();
  const assign = useAct(BREAK_ASSIGN);
  const note = useAct(BREAK_NOTE);
  const resolve = useAct(BREAK_RESOLVE);
  const [proof, setProof] = useState('');
  const { id, state } = found;
  if (state === 'RESOLVED' || state === 'AUTO_CLOSED')
    return (
      <Facts
        rows={[
          [t('了结'), found.closedAt === null ? '—' : exactMomentOf(found.closedAt)],
          [t('怎么了结的'), breakStateWord(state)],
          [t('理由'), found.reason ?? '—'],
          ...(found.journalId === null ? [] : ([[t('凭证'), <Told value={found.journalId} />]] as const)),
          ...(found.refundId === null ? [] : ([[t('退款'), <Told value={found.refundId} />]] as const)),
        ]}
      />
    );
  if (!may('RECONCILIATION_RESOLVE')) return <p className="note">{t('由平台财务处理。')}</p>;
  const isMine = found.owner?.id === viewer.id;
  const proofs = proof.trim().startsWith('rfd_')
    ? { refundId: proof.trim() }
    : proof.trim() === ''
      ? {}
      : { journalId: proof.trim() };
  return (
    <>
      <p className="note">
        {found.owner
          ? isMine
            ? t('您认领了它。')
            : t('{who}认领了它。', { who: found.owner.name ?? found.owner.id })
          : t('还没有人认领。')}
      </p>
      <div className="acts no-print">
        {!isMine && (
          <Act
            name={t('我来处理')}
            question={t('认领后别人看得到是您在办。')}
            isBusy={assign.isBusy}
            refusal={assign.refusal}
            act={() => assign.act({ id }).finally(done)}
          />
        )}
        <Hand found={found} done={done} />
        <Act
          name={t('记一笔')}
          question={t('写下查到的情况，留给后来看的人。')}
          wantsReason
          isBusy={note.isBusy}
          refusal={note.refusal}
          act={(words) => note.act({ id, note: words }).finally(done)}
        />
        <GiveBack found={found} done={done} />
        <Act
          name={t('了结')}
          question={t('说明原因，以您的名字了结。金额再变会重新打开。')}
          wantsReason
          isBad
          isBusy={resolve.isBusy}
          refusal={resolve.refusal}
          more={
            <label className="field">
              <span>{t('用来更正的凭证或退款编号，没有可以不填')}</span>
              <input
                value={proof}
                placeholder="jrn_… / rfd_…"
                spellCheck={false}
                autoComplete="off"
                onInput={(event) => setProof(event.currentTarget.value)}
              />
            </label>
          }
          act={(reason) => resolve.act({ input: { id, reason, ...proofs } }).finally(done)}
        />
      </div>
    </>
  );
}

function Found({ id }: { id: string }) {
  const [{ data: fresh, error }, again] = useQuery({
    query: BREAK,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(fresh);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const found = data.reconciliationBreak;
  if (!found)
    return (
      <Empty icon="check" title={t('没有这条差异。请核对地址。')}>
        <Link className="button is-quiet" href="/breaks">
          {t('回到对账差异')}
        </Link>
      </Empty>
    );
  return (
    <>
      <div className="columns">
        <Evidence found={found} />
        <Section title={t('处理')} note={`${breakStateWord(found.state)} · ${ageText(found.ageSeconds)}`}>
          <p className="verdict is-partly">{adviceOf(found.check)}</p>
          <Acts found={found} done={look} />
        </Section>
      </div>
      <Section title={t('经过')} note={t('只增不改，审计日志里也有')}>
        <Table
          caption={t('经过')}
          rows={found.steps.map((step, index) => ({ ...step, index }))}
          keyOf={({ index }) => String(index)}
          columns={[
            { name: t('时间'), cell: ({ at }) => exactMomentOf(at) },
            { name: t('事项'), cell: ({ act }) => breakActWord(act) },
            { name: t('谁'), cell: ({ actor }) => (actor ? (actor.name ?? actor.id) : t('系统核对')) },
            { name: t('说了什么'), cell: ({ note }) => note || '—' },
          ]}
        />
      </Section>
    </>
  );
}

/** One break: what each side says, what to do about it, and what has been done. */
export default function BreakPage({ id }: { id: string }) {
  return (
    <Only may="RECONCILIATION_READ">
      <Page title={t('差异')} note={id}>
        <Path
          steps={[
            { name: t('对账差异'), href: '/breaks' },
            { name: t('差异'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
