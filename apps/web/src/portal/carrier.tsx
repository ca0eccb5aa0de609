import { useState } from 'react';
import { t } from '../shared/i18n.js';
import { ScanButton } from './scanner.js';

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

/** On the button that changes the keys of the phone. */
const LETTERS = { letters: 'ABC', figures: '123' };

/** Barcodes are read with blanks now and then; carriers print capitals. */
const tidy = (text: string): string => text.replace(/[^0-9A-Za-z-]/g, '').toUpperCase();

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
          onInput={(event) => onChange(tidy(event.currentTarget.value))}
        />
        <button
          type="button"
          className="button is-quiet"
          aria-pressed={isLettered}
          onClick={() => setLettered(!isLettered)}
        >
          {isLettered ? LETTERS.figures : LETTERS.letters}
        </button>
        <ScanButton found={(text) => onChange(tidy(text))} />
      </div>
    </div>
  );
}
