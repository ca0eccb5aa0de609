import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { named, t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { SCHEMES } from '../certification.documents.js';
import { certifications } from '../certification/drafts.js';
import { blankForm } from '../certification/form.js';
import { stepWord } from '../certification/words.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { Choice } from '../field.js';
import { LISTING_CONTENT, OWN_GOODS } from '../listing.documents.js';

type Scheme = ResultOf<typeof SCHEMES>['certificationSchemes'][number];

/** What a scheme asks for, and which way it goes. */
function SchemeNote({ scheme }: { scheme: Scheme }) {
  const { chain, commodityValueMinFen, householdMin } = scheme;
  return (
    <p className="note">
      {chain.map(stepWord).join(' → ')}
      {householdMin > 1 && ` · ${t('至少带动 {n} 户', { n: householdMin })}`}
      {commodityValueMinFen !== '0' &&
        ` · ${t('一年至少卖 {amount}', { amount: amountOf(commodityValueMinFen) })}`}
    </p>
  );
}

function Products({ scheme, ...place }: Place & { scheme: Scheme }) {
  const { merchant } = useDesk();
  const client = useClient();
  const [, go] = useLocation();
  const [isLost, setLost] = useState(false);
  const [{ data, error }, again] = useQuery({
    query: OWN_GOODS,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const begin = async (productId: string, productName: string) => {
    const known = certifications
      .of(merchant.id)
      .find(({ about }) => about.productId === productId && about.schemeCode === scheme.code);
    if (known) return go(`/certifications/${known.id ?? known.key}`, { replace: true });
    // Its county says which townships there are to choose from.
    const answer = await client
      .query(LISTING_CONTENT, { merchantId: merchant.id, productId }, { requestPolicy: 'network-only' })
      .toPromise();
    const countyCode = answer.data?.listingContent?.originCountyCode;
    if (!countyCode) return setLost(true);
    const about = { productId, productName, countyCode, schemeCode: scheme.code };
    const draft = certifications.begin(merchant.id, about, blankForm);
    return go(`/certifications/${draft.key}`, { replace: true });
  };
  return (
    <ListPart
      {...place}
      page={data?.ownProducts}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={
        <Empty icon="box" title={t('还没有货在卖。先上架，再来申请认定。')}>
          <Link className="button" href="/listings/new">
            {t('上架新货')}
          </Link>
        </Empty>
      }
    >
      {isLost && (
        <p className="notice is-bad" role="alert">
          {t('网络不通，请稍后再试。')}
        </p>
      )}
      {data?.ownProducts.nodes.map(({ id, name }) => (
        <button key={id} type="button" className="panel begin" onClick={() => void begin(id, name)}>
          <Icon name="box" />
          <span>
            <b>{name}</b>
          </span>
          <Icon name="right" />
        </button>
      ))}
    </ListPart>
  );
}

function Begin() {
  const [{ data, error }, again] = useQuery({ query: SCHEMES });
  const [chosen, choose] = useState<string | null>(null);
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const open = data.certificationSchemes.filter(({ isOpen }) => isOpen);
  const scheme = open.find(({ code }) => code === chosen) ?? open[0];
  if (!scheme) return <Empty icon="certified" title={t('现在没有受理申请的目录。')} />;
  return (
    <div className="panels">
      <section className="panel form">
        <Choice
          legend={t('进哪个目录')}
          value={scheme.code}
          options={open.map((one) => ({ value: one.code, name: named(one) }))}
          choose={choose}
        >
          <SchemeNote scheme={scheme} />
        </Choice>
      </section>
      <h2 className="heading">{t('认定哪样货')}</h2>
      <List show={(place) => <Products {...place} scheme={scheme} />} />
    </div>
  );
}

/** Which goods, by which scheme. */
export default function CertificationNew() {
  return (
    <>
      <TopBar title={t('申请认定')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <Begin />
        </OwnerOnly>
      </main>
    </>
  );
}
