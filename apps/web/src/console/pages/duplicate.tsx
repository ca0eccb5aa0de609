import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { DUPLICATE, DUPLICATE_CLEAR, DUPLICATE_CONFIRM } from '../claim.documents.js';
import { EffectTable } from '../claim-parts.js';
import { type Duplicate, duplicateWord, tellerWord } from '../claim-words.js';
import { Only, useDesk } from '../desk.js';
import { aboutHref } from '../ledger-table.js';
import { useDecision } from '../review-decide.js';
import { Act, Facts, Page, Path, Section } from '../ui.js';

type Line = Duplicate['earlier'];

/** One field after the other, both beside each other; where they differ it is seen. */
function SideBySide({ duplicate: { earlier, later } }: { duplicate: Duplicate }) {
  const { may } = useDesk();
  const orderOf = ({ sourceSystem, orderNo }: Line) => {
    const word = <span className="code">{orderNo}</span>;
    if (sourceSystem === 'CLAIM') return <Link href={`/claims/${orderNo}`}>{word}</Link>;
    return orderNo.startsWith('ord_') && may('LEDGER_READ') ? (
      <Link href={aboutHref(orderNo)}>{word}</Link>
    ) : (
      word
    );
  };
  const fields = [
    [t('来源'), ({ source, sourceSystem }: Line) => `${tellerWord(source)} · ${sourceSystem}`],
    [t('单号'), orderOf],
    [t('商品'), ({ product }: Line) => product.name],
    [t('产地'), ({ county }: Line) => county.name],
    [t('金额'), ({ amountFen }: Line) => amountOf(amountFen)],
    [t('哪一天'), ({ day }: Line) => dayOf(day)],
  ] as const;
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('两笔对照')}>
      <table className="table review-table">
        <caption className="hidden">{t('两笔对照')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('项目')}</th>
            <th scope="col">{t('先报的，已计入')}</th>
            <th scope="col">{t('后报的，等判定')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(([name, tell], index) => {
            const [told, also] = [tell(earlier), later && tell(later)];
            // Source and number are never the same.
            const isOther = index > 1 && later !== null && told !== also;
            return (
              <tr key={name} className={isOther ? 'is-changed' : ''}>
                <th scope="row">{name}</th>
                <td>{told}</td>
                <td>{also ?? t('申报已经改过，没有这一笔了')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Decide({ duplicate, changed }: { duplicate: Duplicate; changed: () => void }) {
  const clear = useDecision(DUPLICATE_CLEAR, changed);
  const confirm = useDecision(DUPLICATE_CONFIRM, changed);
  const { id, subjectKind, amountFen } = duplicate;
  const isClaim = subjectKind === 'CLAIM';
  return (
    <Section title={t('怎么办')} note={t('看过两边的单据再判')}>
      <div className="acts">
        <Act
          name={t('是两笔')}
          question={
            isClaim
              ? t('判定是两笔，申报就能接着审；登记的数现在不变。写明理由。')
              : t('判定是两笔，{money} 按上面列的计入。写明理由。', { money: amountOf(amountFen) })
          }
          wantsReason
          isBusy={clear.isBusy}
          refusal={clear.refusal}
          act={(reason) => clear.act({ id, reason })}
        />
        <Act
          name={t('是同一笔')}
          question={
            isClaim
              ? t('判定是同一笔，申报就不能通过；已经通过的，再到申报里撤销。写明理由。')
              : t('判定是同一笔，后报的 {money} 不计入。写明理由。', { money: amountOf(amountFen) })
          }
          wantsReason
          isBad
          isBusy={confirm.isBusy}
          refusal={confirm.refusal}
          act={(reason) => confirm.act({ id, reason })}
        />
      </div>
    </Section>
  );
}

function Found({ id }: { id: string }) {
  const { may } = useDesk();
  const [{ data: answer, error }, again] = useQuery({
    query: DUPLICATE,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const duplicate = data.suspectedDuplicate;
  if (!duplicate)
    return (
      <Empty icon="check" title={t('没有这一件：它不在您的辖区，或者申报已经改过。')}>
        <Link className="button is-quiet" href="/claims?kind=duplicates">
          {t('回到申报与异常')}
        </Link>
      </Empty>
    );
  const { state, subjectKind } = duplicate;
  return (
    <>
      <Section title={duplicateWord(state)} note={t('同一买家、同一产品、同样金额，相差不到三天，来源不同')}>
        <SideBySide duplicate={duplicate} />
        {duplicate.decidedAt !== null && (
          <Facts
            rows={[
              [t('判定于'), exactMomentOf(duplicate.decidedAt)],
              [t('理由'), duplicate.reason ?? '—'],
            ]}
          />
        )}
      </Section>
      {state === 'HELD' && may('VOLUME_REVIEW') && (
        <>
          <Section title={t('判定是两笔后登记的数')} note={t('按登记的规则现算；判定是同一笔，登记的数不变')}>
            <EffectTable
              effect={duplicate.effect}
              nothing={
                subjectKind === 'CLAIM' ? t('登记的数现在不变：申报还要另外审。') : t('登记的数不变。')
              }
            />
          </Section>
          <Decide duplicate={duplicate} changed={look} />
        </>
      )}
    </>
  );
}

/** Two lines that look like one sale, beside each other. */
export default function DuplicatePage({ id }: { id: string }) {
  return (
    <Only may="REVIEW_READ">
      <Page title={t('疑似重复')} note={id}>
        <Path
          steps={[
            { name: t('申报与异常'), href: '/claims?kind=duplicates' },
            { name: t('疑似重复'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
