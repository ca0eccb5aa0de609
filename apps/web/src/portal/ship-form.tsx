import { type FormEvent, useState } from 'react';
import { useAct } from '../shared/graphql/act.js';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { RefusalNote } from '../shared/ui/states.js';
import { Stepper } from '../shared/ui/stepper.js';
import { useDraft } from './draft.js';
import { SHIP } from './order.documents.js';
import { ScanButton } from './scanner.js';
import { restOf } from './to-ship.js';

interface Line {
  readonly id: string;
  readonly productName: string;
  readonly variantName: string;
  readonly quantity: number;
  readonly shippedQuantity: number;
  readonly calledOffQuantity: number;
}

interface Parcel {
  readonly carrier: string;
  readonly trackingNo: string;
  /** By line; a line that is missing goes whole. */
  readonly counts: Readonly<Record<string, number>>;
  readonly isPart: boolean;
}

/** What buyers read on their order; in Chinese for everybody, as carriers call themselves. */
const carriers = (): readonly string[] => [
  t('邮政'),
  t('顺丰速运'),
  t('中通快递'),
  t('圆通速递'),
  t('申通快递'),
  t('韵达快递'),
  t('极兔速递'),
  t('京东快递'),
];

const CARRIER = 'carrier';

/** On the button that changes the keys of the phone. */
const LETTERS = { letters: 'ABC', figures: '123' };

/** Barcodes are read with blanks now and then; carriers print capitals. */
const tidy = (text: string): string => text.replace(/[^0-9A-Za-z-]/g, '').toUpperCase();

function Counts({
  lines,
  parcel,
  change,
}: {
  lines: readonly Line[];
  parcel: Parcel;
  change: (c: Partial<Parcel>) => void;
}) {
  return (
    <ul className="counts">
      {lines.map((line) => (
        <li key={line.id}>
          <span>
            {line.productName} <small>{line.variantName}</small>
          </span>
          <Stepper
            value={Math.min(parcel.counts[line.id] ?? restOf(line), restOf(line))}
            min={0}
            max={restOf(line)}
            label={t('{name} 这次发几件', { name: `${line.productName} ${line.variantName}` })}
            onChange={(count) => change({ counts: { ...parcel.counts, [line.id]: count } })}
          />
        </li>
      ))}
    </ul>
  );
}

function Carrier({ value, onChange }: { value: string; onChange: (carrier: string) => void }) {
  const known = carriers();
  const [isOther, setOther] = useState(value !== '' && !known.includes(value));
  return (
    <fieldset className="field">
      <legend>{t('哪家快递')}</legend>
      <div className="chips">
        {known.map((name) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={!isOther && name === value}
            onClick={() => {
              setOther(false);
              onChange(name);
            }}
          >
            {name}
          </button>
        ))}
        <button
          type="button"
          className="chip"
          aria-pressed={isOther}
          onClick={() => {
            setOther(true);
            onChange('');
          }}
        >
          {t('别的')}
        </button>
      </div>
      {isOther && (
        <input
          aria-label={t('快递公司的名字')}
          maxLength={40}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </fieldset>
  );
}

/** A parcel leaves: which carrier, which number, and, where not all of it goes, how many of what. */
export function ShipForm({
  orderId,
  lines,
  shipped,
}: {
  orderId: string;
  lines: readonly Line[];
  shipped: () => void;
}) {
  const left = lines.filter((line) => restOf(line) > 0);
  const units = left.reduce((sum, line) => sum + restOf(line), 0);
  const [parcel, change, forget] = useDraft<Parcel>(`ship:${orderId}`, {
    carrier: localStorage.getItem(CARRIER) ?? '',
    trackingNo: '',
    counts: {},
    isPart: false,
  });
  const { act, isBusy, refusal, forgive } = useAct(SHIP);
  // Large figures first: most numbers are figures alone, and some begin with two letters.
  const [isLettered, setLettered] = useState(/[A-Z]/.test(parcel.trackingNo));
  const parts = left
    .map((line) => ({
      orderLineId: line.id,
      quantity: Math.min(parcel.counts[line.id] ?? restOf(line), restOf(line)),
    }))
    .filter(({ quantity }) => quantity > 0);
  const isWhole = parcel.carrier.trim() !== '' && parcel.trackingNo.length >= 4;
  const isEmpty = parcel.isPart && parts.length === 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = {
      merchantOrderId: orderId,
      carrier: parcel.carrier.trim(),
      trackingNo: parcel.trackingNo,
      ...(parcel.isPart ? { lines: parts } : {}),
    };
    void act({ input }).then((done) => {
      if (!done) return;
      localStorage.setItem(CARRIER, input.carrier);
      forget();
      shipped();
    });
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>
        <Icon name="truck" />
        {t('发货')}
      </h2>
      <Carrier value={parcel.carrier} onChange={(carrier) => change({ carrier })} />
      <div className="field">
        <label htmlFor="tracking">{t('运单号')}</label>
        <div className="field-with">
          <input
            id="tracking"
            className="is-large"
            inputMode={isLettered ? 'text' : 'numeric'}
            autoCapitalize="characters"
            autoComplete="off"
            maxLength={60}
            value={parcel.trackingNo}
            onInput={(event) => {
              forgive();
              change({ trackingNo: tidy(event.currentTarget.value) });
            }}
          />
          <button
            type="button"
            className="button is-quiet"
            aria-pressed={isLettered}
            onClick={() => setLettered(!isLettered)}
          >
            {isLettered ? LETTERS.figures : LETTERS.letters}
          </button>
          <ScanButton found={(text) => change({ trackingNo: tidy(text) })} />
        </div>
      </div>
      {units > 1 && (
        <button
          type="button"
          className="chip"
          aria-pressed={parcel.isPart}
          onClick={() => change({ isPart: !parcel.isPart })}
        >
          {t('这次只发一部分')}
        </button>
      )}
      {parcel.isPart && <Counts lines={left} parcel={parcel} change={change} />}
      <RefusalNote refusal={refusal} />
      <button
        type="submit"
        className="button is-wide is-large is-warm"
        disabled={isBusy || !isWhole || isEmpty}
      >
        {isWhole || isBusy ? t('确认发货') : t('先选快递，再填运单号')}
      </button>
    </form>
  );
}
