import { useQuery } from 'urql';
import { Link } from 'wouter';
import { longDayOf, monthOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { Only } from '../desk.js';
import { MONTHS } from '../month.documents.js';
import { lastMonth } from '../period.js';
import { Page, Section } from '../ui.js';
import { closeWord } from '../words.js';

function Months(place: Place) {
  const [{ data, error }, again] = useQuery({
    query: MONTHS,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.monthCloses}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="clock" title={t('账上还没有结束的月份。月底过后这里就有。')} />}
    >
      <Table
        caption={t('各月')}
        rows={data?.monthCloses.nodes ?? []}
        keyOf={({ month }) => month}
        columns={[
          {
            name: t('月份'),
            cell: ({ month }) => <Link href={`/months/${month.slice(0, 7)}`}>{monthOf(month)}</Link>,
          },
          { name: t('进度'), cell: ({ state }) => closeWord(state) },
          { name: t('截止收数'), cell: ({ cutOffOn }) => longDayOf(cutOffOn) },
          { name: t('应锁定于'), cell: ({ reviewUntil }) => longDayOf(reviewUntil) },
          {
            name: t('认定额'),
            fen: ({ recognisedFen }) => recognisedFen,
          },
          {
            name: t('认定产品'),
            fen: ({ certifiedFen }) => certifiedFen,
          },
        ]}
      />
    </ListPart>
  );
}

/** Every month of the register, and how far it has come. */
export default function MonthsPage() {
  return (
    <Only may="VOLUME_READ">
      <Page
        title={t('月度关账')}
        note={t('截止收数、复核、锁定、公布，只往前走；锁定和公布要两个人')}
        tools={
          <Link className="button is-quiet" href={`/months/${lastMonth(today())}`}>
            {t('看上个月')}
          </Link>
        }
      >
        <Section title={t('各月')} note={t('金额在锁定后显示，全登记簿口径')}>
          <List show={(place) => <Months {...place} />} />
        </Section>
      </Page>
    </Only>
  );
}
