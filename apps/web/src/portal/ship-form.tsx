import type { FormEvent } from 'react';
import { useAct } from '../shared/graphql/act.js';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { RefusalNote } from '../shared/ui/states.js';
import { Stepper } from '../shared/ui/stepper.js';
import { Carrier, Tracking } from './carrier.js';
import { useDraft } from '../shared/draft.js';
import { SHIP } from './order.documents.js';
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

const CARRIER = 'carrier';

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

/** A parcel leaves: which carrier, which number, and, where not all of it goes, how many of what. */
export function ShipForm({
  orderId,
  lines,
  shipped,
  look,
}: {
  orderId: string;
  lines: readonly Line[];
  shipped: () => void;
  look: () => void;
}) {
  const left = lines.filter((line) => restOf(line) > 0);
  const units = left.reduce((sum, line) => sum + restOf(line), 0);
  const [parcel, change, forget] = useDraft<Parcel>(`ship:${orderId}`, {
    carrier: localStorage.getItem(CARRIER) ?? '',
    trackingNo: '',
    counts: {},
    isPart: false,
  });
  const { act, isBusy, refusal, forgive } = useAct(SHIP, look);
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
      <Tracking
        value={parcel.trackingNo}
        onChange={(trackingNo) => {
          forgive();
          change({ trackingNo });
        }}
      />
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
