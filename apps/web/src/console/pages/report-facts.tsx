import { useQuery } from 'urql';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { countText, moneyText, weightText } from '../figures.js';
import { REPORT_FACTS } from '../report.documents.js';
import { type Definition, type Asked, filterOf } from '../report-ask.js';
import { Section } from '../ui.js';
import { channelWord, factWord, sourceWord } from '../words.js';

function Part({ definition, asked, ...place }: Place & { definition: Definition; asked: Asked }) {
  const [{ data, error }, again] = useQuery({
    query: REPORT_FACTS,
    variables: {
      id: definition.id,
      filter: filterOf(definition, asked),
      cell: [...(asked.cell ?? [])],
      after: place.after,
    },
  });
  const page = data?.reportDrill;
  return (
    <ListPart
      {...place}
      page={page}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="leaf" title={t('这一格没有记录。')} />}
    >
      {page && (
        <>
          {place.after === null && (
            <p className="note">
              {t('共 {n} 条记录，认定 {money}，{weight}', {
                n: countText(page.sums.facts),
                money: moneyText(page.sums.recognisedFen),
                weight: weightText(page.sums.weightG),
              })}
            </p>
          )}
          <Table
            caption={t('逐笔')}
            rows={page.nodes}
            keyOf={({ id }) => id}
            columns={[
              { name: t('记账日'), cell: ({ day }) => dayOf(day) },
              { name: t('事项'), cell: ({ key }) => factWord(key) },
              { name: t('订单号'), cell: ({ sale }) => <span className="code">{sale?.orderNo ?? '—'}</span> },
              { name: t('产品'), cell: ({ productName }) => productName },
              { name: t('商家'), cell: ({ merchantName }) => merchantName },
              { name: t('渠道'), cell: ({ channel }) => channelWord(channel) },
              { name: t('来源'), cell: ({ source }) => sourceWord(source) },
              { name: t('支付额'), fen: ({ sums }) => sums.paidFen },
              { name: t('认定额'), fen: ({ sums }) => sums.recognisedFen },
              { name: t('退款额'), fen: ({ sums }) => sums.refundedFen },
              { name: t('重量'), grams: ({ sums }) => sums.weightG },
            ]}
          />
        </>
      )}
    </ListPart>
  );
}

/** The sales that a cell is the sum of. */
export function Facts({ definition, asked }: { definition: Definition; asked: Asked }) {
  return (
    <Section title={t('逐笔')} note={t('不含任何个人信息；查看记在审计日志里')}>
      <List
        key={JSON.stringify(asked)}
        show={(place) => <Part {...place} definition={definition} asked={asked} />}
      />
    </Section>
  );
}
