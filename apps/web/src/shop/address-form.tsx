import { useState } from 'react';
import { useQuery } from 'urql';
import { t } from '../shared/i18n.js';
import { isPhone, tidyPhone } from '../shared/phone.js';
import { DIVISIONS } from './address.documents.js';

export interface Recipient {
  readonly name: string;
  readonly phone: string;
  readonly provinceCode: string;
  readonly cityCode: string;
  readonly countyCode: string;
  readonly detail: string;
}

export const NOBODY: Recipient = {
  name: '',
  phone: '',
  provinceCode: '',
  cityCode: '',
  countyCode: '',
  detail: '',
};

interface ChoiceProps {
  readonly label: string;
  readonly parentCode: string | null;
  readonly value: string;
  readonly choose: (code: string, level: string) => void;
}

/** One step of the way down to the county. */
function DivisionChoice({ label, parentCode, value, choose }: ChoiceProps) {
  const [{ data }] = useQuery({ query: DIVISIONS, variables: { parentCode } });
  const divisions = data?.divisions ?? [];
  return (
    <label className="field">
      <span>{label}</span>
      <select
        required
        aria-label={label}
        value={value}
        onChange={(event) => {
          const code = event.currentTarget.value;
          choose(code, divisions.find((one) => one.code === code)?.level ?? '');
        }}
      >
        <option value="">{t('请选择')}</option>
        {divisions.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Province, city, county; where a province has no cities, its counties follow at once. */
function DivisionFields({ value, change }: { value: Recipient; change: (recipient: Recipient) => void }) {
  const hasCity = value.cityCode !== '';
  const hasDirectCounty = value.countyCode !== '' && !hasCity;
  return (
    <div className="field-row">
      <DivisionChoice
        label={t('省份')}
        parentCode={null}
        value={value.provinceCode}
        choose={(provinceCode) => change({ ...value, provinceCode, cityCode: '', countyCode: '' })}
      />
      {value.provinceCode !== '' && (
        <DivisionChoice
          label={t('城市')}
          parentCode={value.provinceCode}
          value={hasDirectCounty ? value.countyCode : value.cityCode}
          choose={(code, level) =>
            change(
              level === 'COUNTY'
                ? { ...value, cityCode: '', countyCode: code }
                : { ...value, cityCode: code, countyCode: '' },
            )
          }
        />
      )}
      {hasCity && (
        <DivisionChoice
          label={t('区县')}
          parentCode={value.cityCode}
          value={value.countyCode}
          choose={(countyCode) => change({ ...value, countyCode })}
        />
      )}
    </div>
  );
}

/** Who gets it, and where. */
export function AddressForm({ value, change }: { value: Recipient; change: (recipient: Recipient) => void }) {
  const [wasLeft, leave] = useState(false);
  const text = (
    name: 'name' | 'phone' | 'detail',
    label: string,
    attributes: object,
    tidy = (said: string) => said,
  ) => (
    <label className="field">
      <span>{label}</span>
      <input
        required
        value={value[name]}
        onBlur={() => leave(true)}
        onInput={(event) => change({ ...value, [name]: tidy(event.currentTarget.value) })}
        {...attributes}
      />
    </label>
  );
  return (
    <div className={wasLeft ? 'form was-left' : 'form'}>
      <div className="field-row">
        {text('name', t('收货人'), { maxLength: 60, autoComplete: 'name' })}
        {text(
          'phone',
          t('手机号'),
          { type: 'tel', inputMode: 'numeric', pattern: '1[3-9][0-9]{9}', autoComplete: 'tel' },
          tidyPhone,
        )}
      </div>
      <DivisionFields value={value} change={change} />
      {text('detail', t('详细地址'), { maxLength: 120, autoComplete: 'street-address' })}
    </div>
  );
}

export const isWhole = ({ name, phone, countyCode, detail }: Recipient): boolean =>
  name.trim() !== '' && isPhone(phone) && countyCode !== '' && detail.trim() !== '';
