import { useEffect } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { HOME_COUNTY, LISTING_CONTENT } from '../listing.documents.js';
import { listings } from '../listing/drafts.js';
import { type Form, blankForm, formOf } from '../listing/form.js';

function useBegin() {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  return (productId: string | null, form: Form) =>
    go(`/listings/${listings.begin(merchant.id, { productId }, form).key}`, { replace: true });
}

/** What is on sale, to be changed. */
function Change({ productId }: { productId: string }) {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  const begin = useBegin();
  const [{ data, error }, again] = useQuery({
    query: LISTING_CONTENT,
    variables: { merchantId: merchant.id, productId },
    requestPolicy: 'network-only',
  });
  const known = listings.of(merchant.id).find(({ about }) => about.productId === productId);
  const content = data?.listingContent;
  useEffect(() => {
    if (known) go(`/listings/${known.key}`, { replace: true });
    else if (content) begin(productId, formOf(content));
  }, [content]);
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (content === null)
    return (
      <Empty icon="box" title={t('这里看不到这样货：它不在，或者是别家的。')}>
        <Link className="button" href="/listings">
          {t('回到上架')}
        </Link>
      </Empty>
    );
  return <Skeleton className="is-card" count={2} />;
}

/** From what was listed last, or from nothing. */
function Begin() {
  const { merchant } = useDesk();
  const begin = useBegin();
  const [{ data, fetching }] = useQuery({
    query: LISTING_CONTENT,
    variables: { merchantId: merchant.id, productId: null },
    requestPolicy: 'network-only',
  });
  const [{ data: home }] = useQuery({ query: HOME_COUNTY });
  const near = home?.merchants.find(({ id }) => id === merchant.id)?.county.code ?? '';
  const last = data?.listingContent;
  if (fetching && !data) return <Skeleton className="is-card" count={2} />;
  return (
    <div className="panels">
      {last && (
        <button type="button" className="panel begin" onClick={() => begin(null, formOf(last))}>
          <Icon name="receipt" />
          <span>
            <b>{t('照上次的填')}</b>
            <small>{t('“{name}”写好的都带过来，照片另拍。', { name: last.name ?? '' })}</small>
          </span>
          <Icon name="right" />
        </button>
      )}
      <button type="button" className="panel begin" onClick={() => begin(null, blankForm(near))}>
        <Icon name="plus" />
        <span>
          <b>{t('从头填')}</b>
          <small>{t('三步：是什么、多重多少钱、照片。')}</small>
        </span>
        <Icon name="right" />
      </button>
      <p className="note">{t('边写边存，没网也能写。写好了交给县里审核，通过就上架。')}</p>
    </div>
  );
}

export default function ListingNew() {
  const { isOwner } = useDesk();
  const productId = new URLSearchParams(useSearch()).get('of');
  return (
    <>
      <TopBar title={productId === null ? t('上架新货') : t('改在卖的货')} />
      <main id="main" className="page is-narrow">
        {!isOwner && <Empty icon="box" title={t('上架、改价由负责人来做。')} />}
        {isOwner && (productId === null ? <Begin /> : <Change productId={productId} />)}
      </main>
    </>
  );
}
