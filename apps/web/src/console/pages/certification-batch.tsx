import { useClient, useQuery } from 'urql';
import { Link } from 'wouter';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { longDayOf, momentOf } from '../../shared/dates.js';
import { named, t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { BATCH_ENTRIES, CERTIFICATION_BATCH } from '../batch.documents.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import { countText } from '../figures.js';
import { certificateWord, countyName, deskWord } from '../review-words.js';
import { Facts, Page, Path, Section } from '../ui.js';

/** Of an instant, the day in Shanghai. */
const dayAt = (instant: string): string =>
  longDayOf(new Date(Date.parse(instant) + 28_800_000).toISOString().slice(0, 10));

function Entries({ id, count }: { id: string; count: number }) {
  const client = useClient();
  const desk = useDesk();
  const { value, error, again } = useWhole(id, () =>
    allOf(
      (after) => client.query(BATCH_ENTRIES, { id, after }, { requestPolicy: 'network-only' }).toPromise(),
      (found) => found.certificationEntries,
    ),
  );
  if (error && !value) return <Failure error={error} retry={again} />;
  if (!value) return <Skeleton className="is-card" count={2} />;
  const rows = [...value].sort((a, b) => (a.catalogueNo < b.catalogueNo ? -1 : 1));
  return (
    <>
      {rows.length < count && (
        <p className="note">{t('本批 {n} 件，您的辖区里有 {own} 件。', { n: count, own: rows.length })}</p>
      )}
      <Table
        caption={t('目录')}
        rows={rows}
        keyOf={(entry) => entry.id}
        columns={[
          { name: t('目录编号'), cell: ({ catalogueNo }) => <span className="code">{catalogueNo}</span> },
          { name: t('商品'), cell: ({ productName }) => productName },
          { name: t('产地'), cell: ({ countyCode }) => countyName(desk, countyCode) },
          {
            name: t('带动（人）'),
            isFigure: true,
            cell: ({ linkedPersonCount }) => countText(linkedPersonCount),
          },
          { name: t('有效到'), cell: ({ validTo }) => dayAt(validTo) },
          { name: t('状态'), cell: ({ state }) => certificateWord(state) },
        ]}
      />
    </>
  );
}

function Found({ id }: { id: string }) {
  const [{ data, error }, again] = useQuery({ query: CERTIFICATION_BATCH, variables: { id } });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  const batch = data.certificationBatch;
  if (!batch)
    return (
      <Empty icon="certified" title={t('没有这一批。请核对地址。')}>
        <Link className="button is-quiet" href="/reviews/batches">
          {t('回到认定公布')}
        </Link>
      </Empty>
    );
  const scheme = data.certificationSchemes.find(({ code }) => code === batch.schemeCode);
  return (
    <Section title={t('第 {n} 批', { n: batch.batchNo })} note={scheme ? named(scheme) : batch.schemeCode}>
      <Facts
        rows={[
          [t('谁公布的'), deskWord(batch.desk)],
          [t('公布于'), momentOf(batch.issuedAt)],
          [t('生效'), dayAt(batch.validFrom)],
          [t('件数'), countText(batch.entryCount)],
        ]}
      />
      <Entries id={id} count={batch.entryCount} />
    </Section>
  );
}

/** What was announced together, with its numbers in the catalogue; printed as it is hung out. */
export default function CertificationBatchPage({ id }: { id: string }) {
  return (
    <Only may="CERTIFICATION_READ">
      <Page
        title={t('认定公布')}
        tools={
          <button type="button" className="button is-quiet no-print" onClick={() => print()}>
            <Icon name="print" />
            {t('打印')}
          </button>
        }
      >
        <Path
          steps={[
            { name: t('审核台'), href: '/reviews?kind=certifications' },
            { name: t('认定公布'), href: '/reviews/batches' },
            { name: t('批次'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
