import { Link, useSearch } from 'wouter';
import { isEnglish, t } from '../shared/i18n.js';
import { yuan } from '../shared/money.js';
import { Icon } from '../shared/ui/icon.js';
import { Price } from '../shared/ui/price.js';
import { Skeleton } from '../shared/ui/states.js';
import { pictureOf } from '../shared/pictures.js';
import type { CardProduct } from './catalog.documents.js';

/** 12,400 as 1.2 万, as people say it. */
export function countOf(count: number): string {
  if (count < 10_000) return String(count);
  if (isEnglish()) return `${Math.round(count / 1_000)}k`;
  return t('{n}万', { n: (count / 10_000).toFixed(1).replace(/\.0$/, '') });
}

/** What one sees of a product in a list. */
function ProductCard({ product }: { product: CardProduct }) {
  // What is found in a pavilion is bought through it.
  const place = new URLSearchParams(useSearch()).get('place');
  const { id, name, category, merchant, originCounty, variants, priceFromFen } = product;
  const cheapest = variants.find(({ priceFen }) => priceFen === priceFromFen) ?? variants[0];
  const isGone = variants.every(({ available }) => available === 0);
  return (
    <li className="card">
      <Link href={`/products/${id}${place === null ? '' : `?via=${place}`}`} className="card-link">
        <div className="card-picture">
          <img src={pictureOf(name, category.code)} alt="" width="160" height="120" loading="lazy" />
          {product.isCertified && (
            <span className="flag">
              <Icon name="certified" />
              {t('认定')}
            </span>
          )}
          {isGone && <span className="gone">{t('暂时售罄')}</span>}
        </div>
        <div className="card-body">
          <h3>{name}</h3>
          <p className="card-origin">
            <Icon name="pin" />
            {originCounty.name}
            <span className="card-seller"> · {merchant.name}</span>
          </p>
          <p className="card-price">
            <Price fen={priceFromFen} from={variants.length > 1} />
            {cheapest && (
              <span className="jin">{t('¥{price}/斤', { price: yuan(cheapest.pricePer500gFen) })}</span>
            )}
          </p>
          <p className="card-sold">{t('已售 {n}', { n: countOf(product.soldQuantity) })}</p>
        </div>
      </Link>
    </li>
  );
}

export function ProductGrid({ products }: { products: readonly CardProduct[] }) {
  return (
    <ul className="grid">
      {products.map((product) => (
        <ProductCard key={product.id} product={product} />
      ))}
    </ul>
  );
}

export function GridSkeleton({ count = 6 }: { count?: number }) {
  return (
    <div className="grid" aria-busy="true">
      <Skeleton className="is-card" count={count} />
    </div>
  );
}
