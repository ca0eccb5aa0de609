import type { ResultOf } from 'gql.tada';
import { type FormEvent, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useLocation, useSearch } from 'wouter';
import { exactMomentOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { ENTRIES, ENTRY_PROOF } from '../audit.documents.js';
import { ACTS, actWord } from '../audit-words.js';
import { Table } from '../charts/table.js';
import { Only } from '../desk.js';
import { ProofPanel } from '../proof-panel.js';
import { Page, Section } from '../ui.js';

type Entry = ResultOf<typeof ENTRIES>['auditEntries']['nodes'][number];

const NAMES = ['actorId', 'act', 'subject', 'from', 'to'] as const;
type Filter = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

const hrefOf = (filter: Filter): string => {
  const words = new URLSearchParams();
  for (const name of NAMES) {
    const value = filter[name]?.trim() ?? '';
    if (value !== '') words.set(name, value);
  }
  return words.toString() === '' ? '/audit' : `/audit?${words.toString()}`;
};

const filterOf = (search: string): Filter => {
  const words = new URLSearchParams(search);
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = words.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
};

/** What is looked for stands in the address: it can be sent to somebody, and is there again after a look elsewhere. */
function Filters({ filter }: { filter: Filter }) {
  const [, go] = useLocation();
  const [typed, setTyped] = useState(filter);
  const set = (name: (typeof NAMES)[number], value: string) => setTyped({ ...typed, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(hrefOf(typed));
  };
  const other = typed.act !== undefined && typed.act !== '' && !ACTS.some((act) => act === typed.act);
  return (
    <form className="lookup no-print" role="search" onSubmit={submit}>
      <label className="field">
        <span>{t('什么事')}</span>
        <select value={typed.act ?? ''} onChange={(event) => set('act', event.currentTarget.value)}>
          <option value="">{t('不限')}</option>
          {other && <option value={typed.act}>{actWord(typed.act ?? '')}</option>}
          {ACTS.map((act) => (
            <option key={act} value={act}>
              {actWord(act)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('谁（编号）')}</span>
        <input
          value={typed.actorId ?? ''}
          placeholder="usr_…"
          spellCheck={false}
          onInput={(event) => set('actorId', event.currentTarget.value)}
        />
      </label>
      <label className="field">
        <span>{t('对谁、对什么')}</span>
        <input
          value={typed.subject ?? ''}
          spellCheck={false}
          onInput={(event) => set('subject', event.currentTarget.value)}
        />
      </label>
      <label className="field is-day">
        <span>{t('从哪天')}</span>
        <input
          type="date"
          max={today()}
          value={typed.from ?? ''}
          onInput={(event) => set('from', event.currentTarget.value)}
        />
      </label>
      <label className="field is-day">
        <span>{t('到哪天')}</span>
        <input
          type="date"
          max={today()}
          value={typed.to ?? ''}
          onInput={(event) => set('to', event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button">
        {t('查')}
      </button>
      {hrefOf(filter) !== '/audit' && (
        <button type="button" className="text-button" onClick={() => go('/audit')}>
          {t('清空条件')}
        </button>
      )}
    </form>
  );
}

/** Digests stand in the seal for what may name somebody, so these are what can be compared with the page. */
const isShown =
  ({ id, act, actor, at }: Entry) =>
  (record: Readonly<Record<string, unknown>>): boolean =>
    record['id'] === id &&
    record['act'] === act &&
    (record['actorId'] ?? null) === (actor?.id ?? null) &&
    typeof record['at'] === 'string' &&
    record['at'].slice(0, 23) === at.slice(0, 23);

function Proof({ entry }: { entry: Entry }) {
  const client = useClient();
  const load = async () => {
    const { data, error } = await client
      .query(ENTRY_PROOF, { id: entry.id }, { requestPolicy: 'network-only' })
      .toPromise();
    if (error || !data) throw new Error('Nobody has answered.');
    return data.proof;
  };
  return (
    <>
      <p className="note">
        {`${actWord(entry.act)} · ${exactMomentOf(entry.at)} · `}
        {t('核验的是原文的哈希：这里遮住的字，证明里是摘要。')}
      </p>
      <ProofPanel load={load} isShown={isShown(entry)} />
    </>
  );
}

function Entries({ filter, choose, ...place }: Place & { filter: Filter; choose: (entry: Entry) => void }) {
  const [, go] = useLocation();
  const [{ data, error }, again] = useQuery({
    query: ENTRIES,
    variables: { filter, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.auditEntries}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="search" title={t('没有符合条件的记录。放宽条件再看。')} />}
    >
      <Table
        caption={t('记录')}
        rows={data?.auditEntries.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          { name: t('时间'), cell: ({ at }) => exactMomentOf(at) },
          {
            name: t('谁'),
            cell: ({ actor }) =>
              actor ? (
                <button
                  type="button"
                  className="cell-button"
                  title={t('只看{who}', { who: actor.name ?? actor.id })}
                  onClick={() => go(hrefOf({ ...filter, actorId: actor.id }))}
                >
                  {actor.name ?? actor.id}
                </button>
              ) : (
                t('系统')
              ),
          },
          {
            name: t('什么事'),
            cell: ({ act }) => (
              <button
                type="button"
                className="cell-button"
                title={t('只看{who}', { who: actWord(act) })}
                onClick={() => go(hrefOf({ ...filter, act }))}
              >
                {actWord(act)}
              </button>
            ),
          },
          { name: t('对谁、对什么'), cell: ({ subject }) => <span className="code">{subject}</span> },
          { name: t('区划'), cell: ({ divisionCode }) => divisionCode ?? t('平台') },
          {
            name: t('更多'),
            cell: ({ words }) => (
              <ul className="words">
                {words.map(({ name, value }) => (
                  <li key={name}>{`${name}: ${value}`}</li>
                ))}
              </ul>
            ),
          },
          {
            name: t('核验'),
            cell: (entry) => (
              <button type="button" className="cell-button no-print" onClick={() => choose(entry)}>
                {t('核验这条记录')}
              </button>
            ),
          },
        ]}
      />
    </ListPart>
  );
}

function Log() {
  const filter = filterOf(useSearch());
  const [chosen, choose] = useState<Entry | null>(null);
  const at = hrefOf(filter);
  return (
    <Page title={t('审计日志')} note={t('谁看过、导出过、批过、改过什么；您看这一页也记在里面')}>
      <Filters key={at} filter={filter} />
      {chosen && <Proof key={chosen.id} entry={chosen} />}
      <Section title={t('记录')} note={t('最近的在前；人名、号码都遮住了')}>
        <List key={at} show={(place) => <Entries {...place} filter={filter} choose={choose} />} />
      </Section>
    </Page>
  );
}

/** Who saw, exported, approved and changed what, within one's divisions; whoever reads it is in it. */
export default function AuditPage() {
  return (
    <Only may="AUDIT_READ">
      <Log />
    </Only>
  );
}
