import { useQuery } from 'urql';
import { Link } from 'wouter';
import { named, t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { Only, useDesk } from '../desk.js';
import { History, type Marks, type Row, Rows, useMarks } from '../review-case.js';
import { Decide, useDecision } from '../review-decide.js';
import { type Listing, countyName, gradeWord, listingWord } from '../review-words.js';
import { LISTING, LISTING_APPROVE, LISTING_RETURN } from '../review.documents.js';
import { Act, Page, Path, Section } from '../ui.js';

type Fair = Listing['fairPrices'][number]['fairPrice'];
type Kinds = readonly { readonly code: string; readonly nameZh: string; readonly nameEn: string }[];

function FairNote({ fair, kindCode }: { fair: Fair | undefined; kindCode: string | null }) {
  if (!fair) return null;
  const { level, jinPriceFen, deviationBps, reference } = fair;
  const jin = t('合 {amount} 一斤', { amount: amountOf(jinPriceFen) });
  if (!reference) {
    const why = kindCode === null ? t('没归品类，没有参考价可比') : t('这个等级没有参考价可比');
    return <small className="fair is-warned">{`${jin} · ${why}`}</small>;
  }
  const percent = Math.floor((deviationBps ?? 0) / 100);
  return (
    <small className={`fair is-${level.toLowerCase()}`}>
      {`${jin} · ${t('参考价 {amount}，高 {n}%', { amount: amountOf(reference.jinPriceFen), n: percent })}`}
    </small>
  );
}

type Value = string | number | boolean | null | undefined;

/** Field by field, in the order of the three steps; what is otherwise stands beside what is on sale. */
function rowsOf(listing: Listing, kinds: Kinds, placeName: (code: string) => string): readonly Row[] {
  const { content, differences, fairPrices, productId } = listing;
  const isChange = productId !== null;
  const kindName = (code: string) => {
    const kind = kinds.find((each) => each.code === code);
    return kind ? named(kind) : code;
  };
  const tell: Readonly<Record<string, (text: string) => string>> = {
    kindCode: kindName,
    originCountyCode: placeName,
    isPerishable: (text) => (text === 'true' ? t('鲜活易腐') : t('不易腐')),
    seasonFrom: (text) => t('{n} 月', { n: text }),
    seasonTo: (text) => t('{n} 月', { n: text }),
    grade: gradeWord,
    netWeightG: (text) => t('{n} 克', { n: text }),
    priceFen: amountOf,
  };
  const told = (field: string, text: string | null): string | null =>
    text === null ? null : (tell[field]?.(text) ?? text);
  const row = (label: string, field: string, value: Value, key = field, path = `content.${field}`): Row => {
    const difference = isChange ? differences.find((each) => each.path === key) : undefined;
    const said = typeof value === 'string' ? value : JSON.stringify(value ?? '');
    const text = said === '' || said === '""' ? null : said;
    return {
      label,
      path,
      now: told(field, text),
      ...(difference ? { before: told(field, difference.before) } : {}),
    };
  };
  const own = [
    row(t('品类'), 'kindCode', content.kindCode),
    ...(content.kindCode === null ? [row(t('分类'), 'categoryCode', content.categoryCode)] : []),
    row(t('名称'), 'name', content.name),
    row(t('产地'), 'originCountyCode', content.originCountyCode),
    row(t('鲜活与否'), 'isPerishable', content.isPerishable),
    row(t('时令从'), 'seasonFrom', content.seasonFrom),
    row(t('时令到'), 'seasonTo', content.seasonTo),
    row(t('说明'), 'description', content.description),
  ];
  const fields = [
    ['name', t('名称')],
    ['grade', t('等级')],
    ['netWeightG', t('净重')],
    ['priceFen', t('价格')],
  ] as const;
  const packs = content.variants.flatMap((variant, place) =>
    fields.map(([field, name]) => ({
      ...row(
        t('规格 {n} · {name}', { n: place + 1, name }),
        field,
        variant[field],
        `variants.${variant.variantId ?? place}.${field}`,
        `content.variants.${place}.${field}`,
      ),
      ...(field === 'priceFen'
        ? {
            note: (
              <FairNote
                fair={fairPrices.find((each) => each.place === place)?.fairPrice}
                kindCode={content.kindCode}
              />
            ),
          }
        : {}),
    })),
  );
  const kept = new Set(content.variants.map(({ variantId }) => variantId));
  const gone = differences.flatMap(({ path, before }): Row[] => {
    const [, id = '', field = ''] = path.split('.');
    return path.startsWith('variants.') && field === 'name' && id.startsWith('var_') && !kept.has(id)
      ? [{ label: t('拿掉的规格'), path: null, before, now: t('不卖了') }]
      : [];
  });
  return [...own, ...packs, ...gone];
}

function Photos({ listing, marks }: { listing: Listing; marks: Marks | null }) {
  const { content, differences, productId } = listing;
  const before = differences.find(({ path }) => path === 'photoIds')?.before?.split(' ');
  const rows: Row[] = content.photoIds.map((photoId, index) => ({
    label: t('照片 {n}', { n: index + 1 }),
    path: `content.photoIds.${index}`,
    now: (
      <a href={`/listings/${listing.id}/photos/${photoId}`} target="_blank" rel="noreferrer">
        <img
          className="review-photo"
          src={`/listings/${listing.id}/photos/${photoId}?size=SMALL`}
          alt={t('照片 {n}', { n: index + 1 })}
        />
        {productId !== null && before && !before.includes(photoId) && <small>{t('新换的')}</small>}
      </a>
    ),
  }));
  return <Rows caption={t('照片')} rows={rows} marks={marks} />;
}

function DecideListing({ listing, marks, changed }: { listing: Listing; marks: Marks; changed: () => void }) {
  const approve = useDecision(LISTING_APPROVE, changed);
  const sendBack = useDecision(LISTING_RETURN, changed);
  const { id, revision, isPriceHeld } = listing;
  return (
    <Decide
      item={listing}
      marks={marks}
      backQuestion={t('标出的地方会一处一处告诉商家。再写一句总的理由。')}
      sendBack={sendBack}
    >
      <Act
        name={t('通过')}
        question={
          isPriceHeld
            ? t('价格比参考价高 30% 以上。写明为什么可以，买家都看得到。')
            : t('通过后马上在售，通过的就是您看到的这一份。')
        }
        wantsReason={isPriceHeld}
        isBusy={approve.isBusy}
        refusal={approve.refusal}
        act={(reason) => approve.act({ id, revision, priceReason: isPriceHeld ? reason : null })}
      />
    </Decide>
  );
}

function Found({ id }: { id: string }) {
  const desk = useDesk();
  const [{ data: answer, error }, again] = useQuery({
    query: LISTING,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const marks = useMarks();
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const { listing } = data;
  if (!listing)
    return (
      <Empty icon="box" title={t('没有这一件：它不在您的辖区，或者还没有提交。')}>
        <Link className="button is-quiet" href="/reviews?kind=listings">
          {t('回到审核台')}
        </Link>
      </Empty>
    );
  const mayDecide = listing.state === 'SUBMITTED' && desk.may('LISTING_REVIEW');
  const own = mayDecide ? marks : null;
  return (
    <>
      <Section
        title={listing.merchantName}
        note={`${countyName(desk, listing.countyCode)} · ${listingWord(listing.state)}${listing.isPriceHeld ? ` · ${t('价格须说理由')}` : ''}`}
      >
        <Rows
          caption={t('逐项对照')}
          rows={rowsOf(listing, data.goodsKinds, (code) => countyName(desk, code))}
          marks={own}
        />
        {listing.fairPrices.some(({ fairPrice }) => fairPrice.reference === null) && (
          <p className="verdict">{t('有规格没有参考价：没有价格带替您把关，价钱高低请自己看过。')}</p>
        )}
        {listing.content.note !== null && (
          <p className="verdict">{t('商家的话：{note}', { note: listing.content.note })}</p>
        )}
      </Section>
      <Section title={t('照片')}>
        <Photos listing={listing} marks={own} />
      </Section>
      {mayDecide && <DecideListing listing={listing} marks={marks} changed={look} />}
      <History steps={listing.steps} />
    </>
  );
}

export default function ReviewListing({ id }: { id: string }) {
  return (
    <Only may="LISTING_READ">
      <Page title={t('商品上架')}>
        <Path
          steps={[
            { name: t('审核台'), href: '/reviews?kind=listings' },
            { name: t('商品上架'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
