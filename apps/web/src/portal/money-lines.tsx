import type { ResultOf } from 'gql.tada';
import type { CombinedError } from 'urql';
import { t } from '../shared/i18n.js';
import { yuanExact } from '../shared/money.js';
import { ListPart, type Place } from '../shared/ui/list.js';
import { LedgerLine } from './ledger-line.js';
import { useMoneyOf } from './money-of.js';
import type { MONEY_LINES } from './money.documents.js';

type Page = ResultOf<typeof MONEY_LINES>['moneyLines'];
type Line = Page['nodes'][number];

const getsWord = (kind: Line['deductions'][number]['kind']): string =>
  ({
    MERCHANT: t('卖家'),
    HOUSEHOLD: t('农户'),
    FUND: t('县帮扶基金'),
    OPERATOR: t('场馆'),
    PLATFORM: t('平台服务费'),
  })[kind];

/** At a counter the order is the seller's: it has no page here. */
function OrderNo({ line: { orderId } }: { line: Line }) {
  return orderId === null ? null : <small>{t('订单尾号 {no}', { no: orderId.slice(-8) })}</small>;
}

/** What the buyer paid for, and who got some of it besides. */
function Deductions({ line: { grossFen, deductions } }: { line: Line }) {
  if (grossFen === null || deductions.length === 0) return null;
  const gets = deductions.map(({ kind, amountFen }) => `${getsWord(kind)} ¥${yuanExact(amountFen)}`);
  return (
    <small>
      {t('货款和运费 ¥{gross}，其中 {gets}', { gross: yuanExact(grossFen), gets: gets.join('、') })}
    </small>
  );
}

function hrefOf({ orderId, payoutId }: Line, isOwn: boolean): string | null {
  if (orderId !== null) return isOwn ? `/orders/of/${orderId}` : null;
  return payoutId === null ? null : `/money/payouts/${payoutId}`;
}

interface MoneyLinesProps extends Place {
  readonly page: Page | undefined;
  readonly error: CombinedError | undefined;
  readonly retry: () => void;
}

/** Lines of the books, each leading to its order or payout. */
export function MoneyLines({ page, ...rest }: MoneyLinesProps) {
  const { asked, within } = useMoneyOf();
  const isOwn = asked.counterId === null;
  const wayTo = (line: Line) => {
    const href = hrefOf(line, isOwn);
    return href === null ? null : within(href);
  };
  return (
    <ListPart
      {...rest}
      page={page}
      empty={<p className="note">{t('还没有进出。卖出第一单，这里就有了。')}</p>}
    >
      <ul className="ledger">
        {page?.nodes.map((line, index) => (
          <LedgerLine key={`${line.journalId} ${index}`} line={line} href={wayTo(line)}>
            {!isOwn && <OrderNo line={line} />}
            <Deductions line={line} />
          </LedgerLine>
        ))}
      </ul>
    </ListPart>
  );
}
