import { monthOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';
import { amountOf } from '../shared/money.js';
import type { Effect } from './claim-words.js';
import { Table } from './charts/table.js';

const signed = (fen: string): string => (BigInt(fen) > 0n ? `+${amountOf(fen)}` : amountOf(fen));

/** What the register will say otherwise, before anybody says yes to it: reckoned by the service, by the rules by which it records. */
export function EffectTable({ effect, nothing }: { effect: readonly Effect[]; nothing: string }) {
  if (effect.length === 0) return <p className="note">{nothing}</p>;
  const measures = [
    [t('认定额（元）'), 'recognisedFen'],
    [t('支付额（元）'), 'paidFen'],
    [t('线下申报（元）'), 'declaredFen'],
  ] as const;
  const shown = measures.filter(([, measure]) => effect.some((row) => row[measure] !== '0'));
  return (
    <>
      <Table
        caption={t('登记的数会变多少')}
        rows={effect}
        keyOf={({ month, county, isLate }) => `${month} ${county.code} ${isLate}`}
        columns={[
          { name: t('记入月份'), cell: ({ month }) => monthOf(month) },
          { name: t('产地'), cell: ({ county }) => county.name },
          ...shown.map(([name, measure]) => ({
            name,
            isFigure: true,
            cell: (row: Effect) => signed(row[measure]),
          })),
        ]}
      />
      {effect.some(({ isLate }) => isLate) && (
        <p className="note">{t('原来的月份不再改动，所以记在现在的月份。')}</p>
      )}
    </>
  );
}
