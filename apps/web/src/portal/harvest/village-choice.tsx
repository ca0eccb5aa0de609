import { type ReactNode, useState } from 'react';
import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { Choice } from '../field.js';
import { PLACES } from '../listing.documents.js';

function Places({
  label,
  parentCode,
  value,
  choose,
}: {
  label: string;
  parentCode: string;
  value: string;
  choose: (code: string) => void;
}) {
  const [{ data }] = useQuery({ query: PLACES, variables: { parentCode } });
  return (
    <select aria-label={label} value={value} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">{label}</option>
      {data?.divisions.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}

interface VillageChoiceProps {
  readonly countyCode: string;
  /** Where the goods came from before: most come from there again. */
  readonly known: readonly { readonly value: string; readonly name: string }[];
  readonly value: string;
  readonly choose: (villageCode: string) => void;
  readonly children: ReactNode;
}

/** A village: one of those known by a tap, else by its township. */
export function VillageChoice({ countyCode, known, value, choose, children }: VillageChoiceProps) {
  const isKnown = known.some((village) => village.value === value);
  const [isOther, setOther] = useState(false);
  const [township, setTownship] = useState(isKnown ? '' : value.slice(0, 9));
  const asks = isOther || known.length === 0 || (value !== '' && !isKnown);
  return (
    <Choice
      legend={t('哪个村的')}
      options={known}
      value={value}
      choose={(code) => {
        setOther(false);
        choose(code);
      }}
    >
      {asks ? (
        <div className="selects">
          <Places
            label={t('哪个乡镇')}
            parentCode={countyCode}
            value={township}
            choose={(code) => {
              setTownship(code);
              choose('');
            }}
          />
          {township !== '' && (
            <Places label={t('村')} parentCode={township} value={isKnown ? '' : value} choose={choose} />
          )}
        </div>
      ) : (
        <button type="button" className="text-button" onClick={() => setOther(true)}>
          {t('不在这里面，选别的村')}
        </button>
      )}
      {children}
    </Choice>
  );
}
