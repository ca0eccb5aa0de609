import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { FAIR_PRICE } from '../listing.documents.js';
import { type Grade, jinPriceOf } from './form.js';

/** Nobody is asked about half a number. */
const REST_MS = 500;

function useRestOf<Value>(value: Value): Value {
  const [rested, rest] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => rest(value), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

interface PriceLineProps {
  readonly kindCode: string;
  readonly grade: Grade;
  readonly grams: number | null;
  readonly fen: string | null;
}

const percentOf = (bps: number): number => Math.floor(bps / 100);

/** What a jin of it costs, and how that stands beside what such goods usually cost: said while it is typed. */
export function PriceLine({ kindCode, grade, grams, fen }: PriceLineProps) {
  const asked = useRestOf({ kindCode, grade, netWeightG: grams ?? 0, priceFen: fen ?? '0' });
  const isAskable = asked.kindCode !== '' && asked.netWeightG > 0 && asked.priceFen !== '0';
  const [{ data }] = useQuery({ query: FAIR_PRICE, variables: asked, pause: !isAskable });
  if (grams === null || fen === null) return null;
  const isOfThis = isAskable && asked.netWeightG === grams && asked.priceFen === fen;
  const fair = isOfThis ? data?.fairPrice : undefined;
  const { level = 'UNKNOWN', deviationBps, reference, unwarnedMaxFen, unheldMaxFen } = fair ?? {};
  const above = percentOf(deviationBps ?? 0);
  return (
    <p className={`price-line is-${level.toLowerCase()}`} role="status">
      <b>{t('合 {amount} 一斤', { amount: amountOf(jinPriceOf(fen, grams)) })}</b>
      {reference && (
        <span>{t('这个月一般 {amount} 一斤。', { amount: amountOf(reference.jinPriceFen) })}</span>
      )}
      {level === 'WITHIN' && <span>{t('价钱合适。')}</span>}
      {level === 'WARNED' && (
        <span>
          {t('比一般的贵 {n}%，能卖，就怕买家嫌贵。不超过 {amount} 就不算贵。', {
            n: above,
            amount: amountOf(unwarnedMaxFen ?? '0'),
          })}
        </span>
      )}
      {level === 'HELD' && (
        <span>
          {t('比一般的贵 {n}%，要审核的人说出理由才能卖。不超过 {amount} 就不用等理由。', {
            n: above,
            amount: amountOf(unheldMaxFen ?? '0'),
          })}
        </span>
      )}
      {fair && level === 'UNKNOWN' && <span>{t('还没有行情可比。')}</span>}
    </p>
  );
}
