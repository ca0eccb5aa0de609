import { useState } from 'react';
import { t } from '../shared/i18n.js';
import { ScanButton } from '../shared/ui/scanner.js';
import { labelWords } from './scan-words.js';

/** What buyers read on their order; in Chinese for everybody, as carriers call themselves. */
const names = () =>
  ({
    POST: t('邮政'),
    SF: t('顺丰速运'),
    ZTO: t('中通快递'),
    YTO: t('圆通速递'),
    STO: t('申通快递'),
    YUNDA: t('韵达快递'),
    JT: t('极兔速递'),
    JD: t('京东快递'),
  }) as const;

export type CarrierCode = keyof ReturnType<typeof names>;

const carriers = (): readonly string[] => Object.values(names());

export const carrierWord = (carrier: CarrierCode): string => names()[carrier];

/** On the button that changes the keys of the phone. */
const LETTERS = { letters: 'ABC', figures: '123' };

/** Barcodes are read with blanks now and then; carriers print capitals. */
export const tidyNumber = (text: string): string => text.replace(/[^0-9A-Za-z-]/g, '').toUpperCase();

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Of those that come to a village, by a tap. */
export function Carrier({ value, onChange }: FieldProps) {
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

/** Of those whose labels are made here. */
export function Carriers({
  value,
  onChange,
}: {
  readonly value: CarrierCode;
  readonly onChange: (carrier: CarrierCode) => void;
}) {
  return (
    <fieldset className="field">
      <legend>{t('哪家快递')}</legend>
      <div className="chips">
        {(Object.keys(names()) as CarrierCode[]).map((carrier) => (
          <button
            key={carrier}
            type="button"
            className="chip"
            aria-pressed={carrier === value}
            onClick={() => onChange(carrier)}
          >
            {carrierWord(carrier)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** Typed or scanned. */
export function Tracking({ value, onChange }: FieldProps) {
  // Large figures first: most numbers are figures alone, and some begin with two letters.
  const [isLettered, setLettered] = useState(/[A-Z]/.test(value));
  return (
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
          value={value}
          onInput={(event) => onChange(tidyNumber(event.currentTarget.value))}
        />
        <button
          type="button"
          className="button is-quiet"
          aria-pressed={isLettered}
          onClick={() => setLettered(!isLettered)}
        >
          {isLettered ? LETTERS.figures : LETTERS.letters}
        </button>
        <ScanButton
          words={labelWords()}
          className="button is-quiet"
          found={(text) => onChange(tidyNumber(text))}
        />
      </div>
    </div>
  );
}
