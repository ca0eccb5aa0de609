import { useState } from 'react';
import { useQuery } from 'urql';
import { t } from '../shared/i18n.js';
import { PLACES } from './listing.documents.js';

interface StepProps {
  readonly label: string;
  readonly parentCode: string | null;
  readonly value: string;
  /** What the parent as a whole is called, where that may be chosen as well. */
  readonly whole?: string | undefined;
  readonly choose: (code: string, level: string) => void;
}

function PlaceStep({ label, parentCode, value, whole, choose }: StepProps) {
  const [{ data }] = useQuery({ query: PLACES, variables: { parentCode } });
  const places = data?.divisions ?? [];
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ currentTarget: { value: code } }) =>
        choose(code, places.find((place) => place.code === code)?.level ?? '')
      }
    >
      <option value="">{label}</option>
      {whole !== undefined && parentCode !== null && <option value={parentCode}>{whole}</option>}
      {places.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}

const provinceOf = (code: string): string => (code === '' ? '' : `${code.slice(0, 2)}0000`);
const cityOf = (code: string): string => (code === '' ? '' : `${code.slice(0, 4)}00`);

interface PlaceChoiceProps {
  readonly legend: string;
  /** The county; empty until it is chosen. */
  readonly value: string;
  /** A county nearby, from which one begins. */
  readonly near: string;
  /** What a whole city is called, where that may be chosen instead of a county. */
  readonly whole?: string;
  readonly change: (countyCode: string) => void;
}

/** A county: most live where most others do, so those nearby are asked first. Where a province has no cities, its counties follow at once. */
export function PlaceChoice({ legend, value, near, whole, change }: PlaceChoiceProps) {
  const start = value === '' ? near : value;
  const [province, setProvince] = useState(provinceOf(start));
  const [city, setCity] = useState(cityOf(start));
  const isNear = near !== '' && cityOf(near) === city;
  const [isFar, setFar] = useState(!isNear);
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      <div className="selects">
        {isFar && (
          <>
            <PlaceStep
              label={t('省份')}
              parentCode={null}
              value={province}
              choose={(code) => {
                setProvince(code);
                setCity('');
                change('');
              }}
            />
            {province !== '' && (
              <PlaceStep
                label={t('城市')}
                parentCode={province}
                value={value !== '' && cityOf(value) !== city ? value : city}
                choose={(code, level) => {
                  setCity(level === 'COUNTY' ? '' : code);
                  change(level === 'COUNTY' ? code : '');
                }}
              />
            )}
          </>
        )}
        {city !== '' && (
          <PlaceStep
            label={t('区县')}
            parentCode={city}
            value={value}
            whole={whole}
            choose={(code) => change(code)}
          />
        )}
      </div>
      {!isFar && (
        <button type="button" className="text-button" onClick={() => setFar(true)}>
          {t('不在这里面，选别的地方')}
        </button>
      )}
    </fieldset>
  );
}
