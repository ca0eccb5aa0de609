import { type FormEvent, useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { isUnderWay, usePhotos } from '../../shared/use-photos.js';
import type { Case } from '../after-sale.documents.js';
import { type AskableLine, OPEN_CASE, PREVIEW_CASE } from '../askable.documents.js';

/** Together no more than a case takes: nine. */
const LABELS_MAX = 2;
const SCALES_MAX = 3;
const GOODS_MAX = 4;

/** A letter alone says nothing to whoever has to answer. */
const TEXT_MIN = 2;
const TEXT_MAX = 500;

interface ProofProps {
  readonly line: AskableLine;
  readonly kind: Case['kind'];
  readonly reason: Case['reason'];
  readonly quantity: number;
}

interface Shown {
  readonly badWeightG: string;
  readonly text: string;
  readonly waybill: readonly string[];
  readonly scale: readonly string[];
  readonly goods: readonly string[];
}

const BLANK: Shown = { badWeightG: '', text: '', waybill: [], scale: [], goods: [] };

/** Said so often that nobody has to type it on a phone. */
const sayings = (): readonly string[] => [t('打开箱子就有坏的'), t('路上压坏了'), t('和页面上写的不一样')];

/** What it would come to, by the rules that decide. */
function Worth({ line, kind, reason, quantity, grams }: ProofProps & { grams: number | null }) {
  const isFresh = kind === 'FRESH_CLAIM';
  const isWhole = !isFresh || grams !== null;
  const [{ data, error, fetching }] = useQuery({
    query: PREVIEW_CASE,
    variables: {
      input: {
        orderLineId: line.id,
        kind,
        reason,
        quantity,
        badWeightG: isFresh ? grams : null,
      },
    },
    pause: !isWhole,
  });
  if (!isWhole) return null;
  const [said] = error?.graphQLErrors ?? [];
  // Without a line nothing is reckoned; what is asked for can be sent all the same.
  if (error && !fetching) return said ? <RefusalNote refusal={{ message: said.message }} /> : null;
  const preview = data?.afterSalePreview;
  if (!preview) return <Skeleton className="is-line" />;
  return (
    <p className="due-line" role="status">
      {kind === 'EXCHANGE' ? t('换的东西值') : t('大约能退')} <b>¥{yuanExact(preview.askedFen)}</b>
      {preview.freightFen !== '0' && (
        <small>{t('里面有运费 ¥{amount}', { amount: yuanExact(preview.freightFen) })}</small>
      )}
      {preview.badShareBps !== null && (
        <small>{t('坏的占 {share}%', { share: Math.round(preview.badShareBps / 10) / 10 })}</small>
      )}
    </p>
  );
}

/** What shows it: photos, the scale, a sentence; and the one button. */
export default function Proof({ line, kind, reason, quantity }: ProofProps) {
  const [, go] = useLocation();
  const [ask, change, forget] = useDraft(`proof:${line.id}`, BLANK, sessionStorage);
  const waybill = usePhotos(
    `proof:${line.id}:waybill`,
    ask.waybill,
    (ids) => change({ waybill: ids }),
    LABELS_MAX,
  );
  const scale = usePhotos(`proof:${line.id}:scale`, ask.scale, (ids) => change({ scale: ids }), SCALES_MAX);
  const goods = usePhotos(`proof:${line.id}:goods`, ask.goods, (ids) => change({ goods: ids }), GOODS_MAX);
  const { act, isBusy, refusal, forgive } = useAct(OPEN_CASE);
  // What was refused of another wish is no word on this one.
  useEffect(forgive, [kind, reason, quantity]);
  const isFresh = kind === 'FRESH_CLAIM';
  const grams = /^\d{1,7}$/.test(ask.badWeightG) ? Number(ask.badWeightG) : null;
  const isShown = reason !== 'NOT_RECEIVED' && reason !== 'NOT_TAKEN' && reason !== 'NO_LONGER_WANTED';
  const photos = isFresh
    ? [
        ...ask.waybill.map((photoId) => ({ photoId, subject: 'WAYBILL' as const })),
        ...ask.scale.map((photoId) => ({ photoId, subject: 'SCALE' as const })),
        ...ask.goods.map((photoId) => ({ photoId, subject: 'GOODS' as const })),
      ]
    : ask.goods.map((photoId) => ({ photoId, subject: 'GOODS' as const }));
  const isSending = [waybill, scale, goods].some(({ shots }) => isUnderWay(shots));
  const missing = isFresh
    ? grams === null || ask.waybill.length === 0 || ask.scale.length === 0
    : isShown && ask.goods.length === 0;
  const content = JSON.stringify([kind, reason, quantity, ask, photos]);
  // The same wish, tapped twice or asked again after silence, is one case; another wish is another.
  const idempotencyKey = useMemo(freshKey, [content]);
  const isReady = ask.text.trim().length >= TEXT_MIN && !missing && !isSending;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({
      input: {
        idempotencyKey,
        ask: {
          orderLineId: line.id,
          kind,
          reason,
          quantity,
          ...(isFresh ? { badWeightG: grams } : {}),
        },
        text: ask.text.trim(),
        photos,
      },
    }).then((done) => {
      if (!done) return;
      forget();
      sessionStorage.removeItem(`draft:after-sale:${line.id}`);
      go(`/after-sales/${done.afterSale.id}`, { replace: true });
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <section className="panel">
        <h2>
          <Icon name="camera" />
          {isFresh ? t('拍照，上秤') : t('说清楚')}
        </h2>
        {isFresh && (
          <>
            <PhotoPicker
              photos={waybill}
              label={t('箱子上的面单')}
              hint={t('单号要看得清')}
              max={LABELS_MAX}
            />
            <PhotoPicker
              photos={scale}
              label={t('坏果放在秤上')}
              hint={t('秤上的数字要看得清')}
              max={SCALES_MAX}
            />
            <label className="field">
              <span>{t('秤上是多少克')}</span>
              <input
                inputMode="numeric"
                autoComplete="off"
                maxLength={7}
                value={ask.badWeightG}
                onInput={(event) => change({ badWeightG: event.currentTarget.value.replace(/\D/g, '') })}
              />
              <small className="note">
                {t('您买的一共 {grams} 克', {
                  grams: Math.round((line.netWeightG / line.quantity) * quantity),
                })}
              </small>
            </label>
          </>
        )}
        <PhotoPicker
          photos={goods}
          label={isFresh ? t('坏的样子（可以不拍）') : isShown ? t('有问题的地方') : t('照片（可以不拍）')}
          max={GOODS_MAX}
        />
        <label className="field">
          <span>{t('说一句，卖家看得到')}</span>
          <textarea
            rows={3}
            maxLength={TEXT_MAX}
            value={ask.text}
            onInput={(event) => change({ text: event.currentTarget.value })}
          />
        </label>
        <div className="chips">
          {sayings().map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              aria-pressed={ask.text === each}
              onClick={() => change({ text: each })}
            >
              {each}
            </button>
          ))}
        </div>
        <Worth line={line} kind={kind} reason={reason} quantity={quantity} grams={grams} />
      </section>
      <RefusalNote refusal={refusal} />
      {refusal?.code === 'AFTER_SALE_EXISTS' && (
        <Link className="button is-quiet" href="/after-sales">
          {t('看我的售后')}
        </Link>
      )}
      <button type="submit" className="button is-warm is-wide" disabled={!isReady || isBusy}>
        {isBusy ? t('正在提交…') : isSending ? t('照片还在传…') : t('提交申请')}
      </button>
    </form>
  );
}
