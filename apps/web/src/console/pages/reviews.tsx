import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import { placeKindWord, placeStateWord } from '../place-words.js';
import { PLACES } from '../place.documents.js';
import {
  type Application,
  type Certification,
  type Listing,
  applicationWord,
  certificationWord,
  countyName,
  kindWord,
  listingWord,
  deskWord,
} from '../review-words.js';
import { APPLICATIONS, CERTIFICATIONS, LISTINGS } from '../review.documents.js';
import { Page, Section } from '../ui.js';

interface PartProps extends Place {
  readonly isAll: boolean;
}

const nothing = (isAll: boolean) => (
  <Empty icon="check" title={isAll ? t('还没有人报上来。') : t('都办完了，没有等着的。')} />
);

const since = (at: string | null): string => (at === null ? '—' : momentOf(at));

const LISTING_STATES: readonly Listing['state'][] = ['SUBMITTED', 'RETURNED', 'APPROVED', 'WITHDRAWN'];

function Listings({ isAll, ...place }: PartProps) {
  const [{ data, error }, again] = useQuery({
    query: LISTINGS,
    variables: { states: isAll ? [...LISTING_STATES] : null, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.listings}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={nothing(isAll)}
    >
      <Table
        caption={t('商品上架')}
        rows={data?.listings.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('商品'),
            cell: ({ id, name }) => <Link href={`/reviews/listings/${id}`}>{name}</Link>,
          },
          { name: t('商家'), cell: ({ merchantName }) => merchantName },
          { name: t('办什么'), cell: ({ productId }) => (productId === null ? t('新上架') : t('改在售')) },
          {
            name: t('进度'),
            cell: ({ state, isPriceHeld }) =>
              isPriceHeld && state === 'SUBMITTED'
                ? `${listingWord(state)} · ${t('价格须说理由')}`
                : listingWord(state),
          },
          { name: t('提交于'), cell: ({ submittedAt }) => since(submittedAt) },
        ]}
      />
    </ListPart>
  );
}

const APPLICATION_STATES: readonly Application['state'][] = [
  'SUBMITTED',
  'RECOMMENDED',
  'RETURNED',
  'APPROVED',
  'REFUSED',
  'WITHDRAWN',
];

function Applications({ isAll, ...place }: PartProps) {
  const desk = useDesk();
  const [{ data, error }, again] = useQuery({
    query: APPLICATIONS,
    variables: { states: isAll ? [...APPLICATION_STATES] : null, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.merchantApplications}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={nothing(isAll)}
    >
      <Table
        caption={t('商家入驻')}
        rows={data?.merchantApplications.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('商家'),
            cell: ({ id, name }) => <Link href={`/reviews/applications/${id}`}>{name}</Link>,
          },
          { name: t('类别'), cell: ({ kind }) => (kind === null ? '—' : kindWord(kind)) },
          { name: t('所在县'), cell: ({ countyCode }) => countyName(desk, countyCode) },
          { name: t('进度'), cell: ({ state }) => applicationWord(state) },
          { name: t('提交于'), cell: ({ submittedAt }) => since(submittedAt) },
        ]}
      />
    </ListPart>
  );
}

const CERTIFICATION_STATES: readonly Certification['state'][] = [
  'IN_REVIEW',
  'ON_NOTICE',
  'CONFIRMED',
  'RETURNED',
  'LISTED',
  'REFUSED',
];

function Certifications({ isAll, ...place }: PartProps) {
  const { may } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: CERTIFICATIONS,
    variables: {
      states: isAll ? [...CERTIFICATION_STATES] : null,
      atMyDesk: isAll ? null : may('CERTIFY'),
      after: place.after,
    },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.certificationApplications}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={nothing(isAll)}
    >
      <Table
        caption={t('产品认定')}
        rows={data?.certificationApplications.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('商品'),
            cell: ({ id, productName }) => <Link href={`/reviews/certifications/${id}`}>{productName}</Link>,
          },
          { name: t('商家'), cell: ({ merchantName }) => merchantName },
          { name: t('进度'), cell: ({ state }) => certificationWord(state) },
          { name: t('轮到'), cell: ({ desk }) => deskWord(desk) },
          {
            name: t('等了多久'),
            cell: ({ waitingSince, noticeTo }) =>
              noticeTo === null ? since(waitingSince) : t('公示到 {at}', { at: momentOf(noticeTo) }),
          },
        ]}
      />
    </ListPart>
  );
}

function Places({ isAll, ...place }: PartProps) {
  const desk = useDesk();
  const [{ data, error }, again] = useQuery({
    query: PLACES,
    variables: { isWaiting: !isAll, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.places}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={nothing(isAll)}
    >
      <Table
        caption={t('专馆专区')}
        rows={data?.places.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          { name: t('名称'), cell: ({ id, name }) => <Link href={`/reviews/places/${id}`}>{name}</Link> },
          { name: t('类别'), cell: ({ kind }) => placeKindWord(kind) },
          { name: t('运营方'), cell: ({ operatorName }) => operatorName ?? '—' },
          { name: t('所在县'), cell: ({ countyCode }) => countyName(desk, countyCode) },
          { name: t('进度'), cell: ({ state }) => placeStateWord(state) },
        ]}
      />
    </ListPart>
  );
}

const kinds = () => [
  { key: 'listings', name: t('商品上架'), may: 'LISTING_READ', Part: Listings },
  { key: 'applications', name: t('商家入驻'), may: 'MERCHANT_READ', Part: Applications },
  { key: 'certifications', name: t('产品认定'), may: 'CERTIFICATION_READ', Part: Certifications },
  { key: 'places', name: t('专馆专区'), may: 'PLACE_READ', Part: Places },
];

/** One desk for whatever an office looks at: only the kinds that are its own. */
function Desk() {
  const { may } = useDesk();
  const own = kinds().filter((kind) => may(kind.may));
  const asked = new URLSearchParams(location.search).get('kind');
  const [key, setKey] = useState(own.find((kind) => kind.key === asked)?.key ?? own[0]?.key ?? '');
  const [isAll, setAll] = useState(false);
  const kind = own.find((each) => each.key === key);
  if (!kind) return null;
  const { Part, name } = kind;
  return (
    <>
      <div className="tabs-row">
        <div className="segments" role="group" aria-label={t('看哪一类')}>
          {own.map((each) => (
            <button
              key={each.key}
              type="button"
              aria-pressed={each.key === key}
              onClick={() => {
                setKey(each.key);
                history.replaceState(null, '', `/reviews?kind=${each.key}`);
              }}
            >
              {each.name}
            </button>
          ))}
        </div>
        <label className="tick">
          <input type="checkbox" checked={isAll} onChange={() => setAll(!isAll)} />
          {t('办过的也看')}
        </label>
      </div>
      {key === 'certifications' && (
        <p className="verdict">
          <Link href="/reviews/batches">{t('审完的，到认定公布里成批公布')}</Link>
        </p>
      )}
      <Section title={name} note={isAll ? t('全部') : t('等得最久的在前')}>
        <List key={`${key} ${isAll}`} show={(place) => <Part {...place} isAll={isAll} />} />
      </Section>
    </>
  );
}

export default function ReviewsPage() {
  const { may } = useDesk();
  const own = kinds().find((kind) => may(kind.may))?.may ?? 'LISTING_READ';
  return (
    <Only may={own}>
      <Page title={t('审核台')} note={t('上架、入驻、认定，一处办理；本人经手的和本单位的由别人办')}>
        <Desk />
      </Page>
    </Only>
  );
}
