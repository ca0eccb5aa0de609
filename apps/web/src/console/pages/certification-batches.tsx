import { useMemo, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { freshKey } from '../../shared/draft.js';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { momentOf, today } from '../../shared/dates.js';
import { named, t } from '../../shared/i18n.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { BATCH_ISSUE, CERTIFICATION_BATCHES, CONFIRMED, SCHEMES } from '../batch.documents.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import { countText } from '../figures.js';
import { useDecision } from '../review-decide.js';
import { countyName, deskWord } from '../review-words.js';
import { Act, Page, Path, Section } from '../ui.js';

interface Confirmed {
  readonly id: string;
  readonly schemeCode: string;
  readonly productName: string;
  readonly merchantName: string;
  readonly countyCode: string;
  readonly waitingSince: string | null;
}

interface Scheme {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly validMonths: number;
  readonly recheckMonths: number;
}

/** All of one scheme that waits at one's desk; what is left without its tick waits for the next batch. */
function Announce({
  scheme,
  items,
  changed,
}: {
  scheme: Scheme | undefined;
  items: readonly Confirmed[];
  changed: () => void;
}) {
  const desk = useDesk();
  const [, go] = useLocation();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [validFromOn, setValidFrom] = useState(today());
  const { act, isBusy, refusal } = useDecision(BATCH_ISSUE, changed);
  const chosen = items.filter(({ id }) => !left.has(id));
  const schemeCode = items[0]?.schemeCode ?? '';
  const applicationIds = chosen.map(({ id }) => id).sort();
  // One list is one batch, however often it is sent: another list has another key.
  const idempotencyKey = useMemo(freshKey, [[validFromOn, ...applicationIds].join()]);
  const tick = (id: string) =>
    setLeft((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <Section title={scheme ? named(scheme) : schemeCode} note={t('{n} 件审完，等公布', { n: items.length })}>
      <Table
        caption={t('等公布的产品')}
        rows={items}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('这一批'),
            cell: ({ id, productName }) => (
              <label className="tick">
                <input type="checkbox" checked={!left.has(id)} onChange={() => tick(id)} />
                <span className="hidden">{t('这一批公布{name}', { name: productName })}</span>
              </label>
            ),
          },
          {
            name: t('商品'),
            cell: ({ id, productName }) => <Link href={`/reviews/certifications/${id}`}>{productName}</Link>,
          },
          { name: t('商家'), cell: ({ merchantName }) => merchantName },
          { name: t('产地'), cell: ({ countyCode }) => countyName(desk, countyCode) },
          {
            name: t('审完于'),
            cell: ({ waitingSince }) => (waitingSince === null ? '—' : momentOf(waitingSince)),
          },
        ]}
      />
      {chosen.length === 0 ? (
        <p className="note">{t('一件都没有选。')}</p>
      ) : (
        <div className="acts">
          <Act
            name={t('公布这一批')}
            question={t('公布 {n} 件，一件不成就都不成。给出目录编号，从生效日起卖的算认定。', {
              n: chosen.length,
            })}
            isBusy={isBusy}
            refusal={refusal}
            more={
              <>
                <label className="field">
                  <span>{t('哪一天生效')}</span>
                  <input
                    type="date"
                    required
                    min={today()}
                    value={validFromOn}
                    onInput={(event) => setValidFrom(event.currentTarget.value)}
                  />
                </label>
                {scheme && (
                  <p className="note">
                    {t('有效 {n} 个月，满 {check} 个月要复核。', {
                      n: scheme.validMonths,
                      check: scheme.recheckMonths,
                    })}
                  </p>
                )}
              </>
            }
            act={async () => {
              const done = await act({ input: { idempotencyKey, schemeCode, applicationIds, validFromOn } });
              if (done) go(`/reviews/batches/${done.batch.id}`);
              return done;
            }}
          />
        </div>
      )}
    </Section>
  );
}

function Waiting() {
  const client = useClient();
  const [{ data }] = useQuery({ query: SCHEMES, variables: {} });
  const { value, error, again } = useWhole('confirmed', () =>
    allOf(
      (after) => client.query(CONFIRMED, { after }, { requestPolicy: 'network-only' }).toPromise(),
      (found) => found.certificationApplications,
    ),
  );
  if (error && !value) return <Failure error={error} retry={again} />;
  if (!value) return <Skeleton className="is-card" count={2} />;
  const codes = [...new Set(value.map(({ schemeCode }) => schemeCode))];
  if (codes.length === 0) return <Empty icon="certified" title={t('没有等您公布的产品。')} />;
  return (
    <>
      {codes.map((code) => (
        <Announce
          key={code}
          scheme={data?.certificationSchemes.find((scheme) => scheme.code === code)}
          items={value.filter(({ schemeCode }) => schemeCode === code)}
          changed={again}
        />
      ))}
    </>
  );
}

function Announced(place: Place) {
  const [{ data, error }, again] = useQuery({
    query: CERTIFICATION_BATCHES,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.certificationBatches}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('还没有公布过。')}</p>}
    >
      <Table
        caption={t('公布过的')}
        rows={data?.certificationBatches.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('批次'),
            cell: ({ id, schemeCode, batchNo }) => (
              <span className="account">
                <Link href={`/reviews/batches/${id}`}>{t('第 {n} 批', { n: batchNo })}</Link>
                <small>{schemeCode}</small>
              </span>
            ),
          },
          { name: t('谁公布的'), cell: ({ desk }) => deskWord(desk) },
          { name: t('件数'), isFigure: true, cell: ({ entryCount }) => countText(entryCount) },
          { name: t('生效'), cell: ({ validFrom }) => momentOf(validFrom) },
          { name: t('公布于'), cell: ({ issuedAt }) => momentOf(issuedAt) },
        ]}
      />
    </ListPart>
  );
}

/** What every office has passed, and nobody has objected to: announced together, by whoever had the last word. */
export default function CertificationBatchesPage() {
  const { may } = useDesk();
  return (
    <Only may="CERTIFICATION_READ">
      <Page title={t('认定公布')} note={t('公示期满、没有未决异议的才到这里')}>
        <Path
          steps={[
            { name: t('审核台'), href: '/reviews?kind=certifications' },
            { name: t('认定公布'), href: '' },
          ]}
        />
        {may('CERTIFY') && <Waiting />}
        <Section title={t('公布过的')} note={t('最近公布的在前')}>
          <List show={(place) => <Announced {...place} />} />
        </Section>
      </Page>
    </Only>
  );
}
