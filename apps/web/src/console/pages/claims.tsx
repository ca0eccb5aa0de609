import { useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { useState } from 'react';
import { dayOf, momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { CLAIMS, DUPLICATES, FLAGS } from '../claim.documents.js';
import {
  claimWord,
  claimantWord,
  duplicateWord,
  flagWord,
  ruleWord,
  severityWord,
  tellerWord,
} from '../claim-words.js';
import { Only } from '../desk.js';
import { countText } from '../figures.js';
import { Page, Section } from '../ui.js';

interface PartProps extends Place {
  readonly isAll: boolean;
}

const nothing = (isAll: boolean) => (
  <Empty icon="check" title={isAll ? t('还没有过。') : t('都办完了，没有等着的。')} />
);

const since = (at: string | null): string => (at === null ? '—' : momentOf(at));

function Claims({ isAll, ...place }: PartProps) {
  const [{ data, error }, again] = useQuery({
    query: CLAIMS,
    variables: {
      states: isAll ? ['SUBMITTED', 'RETURNED', 'APPROVED', 'REJECTED', 'REVERSED'] : null,
      after: place.after,
    },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.claims}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={nothing(isAll)}
    >
      <Table
        caption={t('线下申报')}
        rows={data?.claims.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('谁申报的'),
            cell: ({ id, claimantName, claimantKind }) => (
              <span className="account">
                <Link href={`/claims/${id}`}>{claimantName}</Link>
                <small>{claimantWord(claimantKind)}</small>
              </span>
            ),
          },
          { name: t('卖给谁'), cell: ({ buyerName }) => buyerName || '—' },
          { name: t('笔数'), isFigure: true, cell: ({ lineCount }) => countText(lineCount) },
          { name: t('金额'), fen: ({ totalFen }) => totalFen },
          {
            name: t('进度'),
            cell: ({ state, heldCount }) =>
              heldCount > 0
                ? `${claimWord(state)} · ${t('{n} 笔疑似重复', { n: heldCount })}`
                : claimWord(state),
          },
          { name: t('提交于'), cell: ({ submittedAt }) => since(submittedAt) },
        ]}
      />
    </ListPart>
  );
}

function Duplicates({ isAll, ...place }: PartProps) {
  const [{ data, error }, again] = useQuery({
    query: DUPLICATES,
    variables: { states: isAll ? ['HELD', 'CLEARED', 'CONFIRMED'] : null, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.suspectedDuplicates}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={nothing(isAll)}
    >
      <Table
        caption={t('疑似重复')}
        rows={data?.suspectedDuplicates.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('商品'),
            cell: ({ id, earlier }) => (
              <span className="account">
                <Link href={`/claims/duplicates/${id}`}>{earlier.product.name}</Link>
                <small className="code">{earlier.orderNo}</small>
              </span>
            ),
          },
          { name: t('产地'), cell: ({ earlier }) => earlier.county.name },
          { name: t('金额'), fen: ({ amountFen }) => amountFen },
          {
            name: t('先报的'),
            cell: ({ earlier }) => `${tellerWord(earlier.source)} · ${dayOf(earlier.day)}`,
          },
          {
            name: t('后报的'),
            cell: ({ subjectKind }) => tellerWord(subjectKind === 'CLAIM' ? 'DECLARED' : 'PARTNER'),
          },
          { name: t('进度'), cell: ({ state }) => duplicateWord(state) },
          { name: t('发现于'), cell: ({ createdAt }) => since(createdAt) },
        ]}
      />
    </ListPart>
  );
}

function Flags({ isAll, ...place }: PartProps) {
  const [{ data, error }, again] = useQuery({
    query: FLAGS,
    variables: {
      states: isAll ? ['OPEN', 'APPEALED', 'DISMISSED', 'CONFIRMED', 'UPHELD', 'OVERTURNED'] : null,
      after: place.after,
    },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.integrityFlags}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={nothing(isAll)}
    >
      <Table
        caption={t('异常')}
        rows={data?.integrityFlags.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('异常'),
            cell: ({ id, rule }) => <Link href={`/claims/flags/${id}`}>{ruleWord(rule)}</Link>,
          },
          { name: t('商家'), cell: ({ merchantName }) => merchantName || '—' },
          { name: t('轻重'), cell: ({ severity }) => severityWord(severity) },
          { name: t('进度'), cell: ({ state }) => flagWord(state) },
          { name: t('发现于'), cell: ({ createdAt }) => since(createdAt) },
        ]}
      />
    </ListPart>
  );
}

const kinds = () =>
  [
    { key: 'claims', name: t('线下申报'), Part: Claims },
    { key: 'duplicates', name: t('疑似重复'), Part: Duplicates },
    { key: 'flags', name: t('异常'), Part: Flags },
  ] as const;

function Queues() {
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('kind');
  const [isAll, setAll] = useState(false);
  const all = kinds();
  const { key, name, Part } = all.find((kind) => kind.key === asked) ?? all[0];
  return (
    <>
      <div className="tabs-row">
        <div className="segments" role="group" aria-label={t('看哪一类')}>
          {all.map((kind) => (
            <button
              key={kind.key}
              type="button"
              aria-pressed={kind.key === key}
              onClick={() => go(`/claims?kind=${kind.key}`)}
            >
              {kind.name}
            </button>
          ))}
        </div>
        <label className="tick">
          <input type="checkbox" checked={isAll} onChange={() => setAll(!isAll)} />
          {t('办过的也看')}
        </label>
      </div>
      <Section title={name} note={isAll ? t('全部') : t('等得最久的在前')}>
        <List key={`${key} ${isAll}`} show={(place) => <Part {...place} isAll={isAll} />} />
      </Section>
    </>
  );
}

/** What the register takes on somebody's word, what looks told of twice, and what looks wrong: one desk for whoever decides about them. */
export default function ClaimsPage() {
  return (
    <Only may="REVIEW_READ">
      <Page title={t('申报与异常')} note={t('判定之前先看登记的数会变多少；谁申报的，谁就不审')}>
        <Queues />
      </Page>
    </Only>
  );
}
