import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import {
  ADDRESSES,
  ADDRESS_ADD,
  ADDRESS_CHANGE,
  ADDRESS_DEFAULT,
  ADDRESS_REMOVE,
} from '../address.documents.js';
import { AddressForm, NOBODY, type Recipient, isWhole } from '../address-form.js';
import { MemberOnly } from './member-only.js';

type Address = ResultOf<typeof ADDRESSES>['addresses'][number];

/** The way down to a county is in its number: province, city, county. */
const recipientOf = ({ name, phone, detail, county: { code } }: Address): Recipient => ({
  name,
  phone,
  detail,
  provinceCode: `${code.slice(0, 2)}0000`,
  cityCode: `${code.slice(0, 4)}00`,
  countyCode: code,
});

const inputOf = ({ name, phone, detail, countyCode }: Recipient) => ({ name, phone, detail, countyCode });

interface EditorProps {
  readonly address: Address | null;
  readonly done: () => void;
}

/** A new address, or another wording of one. */
function Editor({ address, done }: EditorProps) {
  const [recipient, setRecipient] = useState(address === null ? NOBODY : recipientOf(address));
  const add = useAct(ADDRESS_ADD);
  const change = useAct(ADDRESS_CHANGE);
  const isBusy = add.isBusy || change.isBusy;
  const save = async () => {
    const input = inputOf(recipient);
    const saved =
      address === null ? await add.act({ input }) : await change.act({ addressId: address.id, input });
    if (saved) done();
  };
  return (
    <form
      className="panel form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{address === null ? t('新地址') : t('修改地址')}</h2>
      <AddressForm value={recipient} change={setRecipient} />
      <RefusalNote refusal={add.refusal ?? change.refusal} />
      <button type="submit" className="button is-wide" disabled={!isWhole(recipient) || isBusy}>
        {isBusy ? t('正在保存…') : t('保存')}
      </button>
      <button type="button" className="button is-quiet is-wide" disabled={isBusy} onClick={done}>
        {t('不改了')}
      </button>
    </form>
  );
}

function Card({ address, edit }: { address: Address; edit: () => void }) {
  const remove = useAct(ADDRESS_REMOVE);
  const prefer = useAct(ADDRESS_DEFAULT);
  const { id, name, phone, detail, county, isDefault } = address;
  const isBusy = remove.isBusy || prefer.isBusy;
  return (
    <li className="panel">
      <p>
        <b>{name}</b> {phone} {isDefault && <span className="tag is-leaf">{t('默认')}</span>}
      </p>
      <p className="note">
        {county.fullName} {detail}
      </p>
      <RefusalNote refusal={remove.refusal ?? prefer.refusal} />
      <div className="chips">
        {!isDefault && (
          <button
            type="button"
            className="chip"
            disabled={isBusy}
            onClick={() => void prefer.act({ addressId: id })}
          >
            {t('设为默认')}
          </button>
        )}
        <button type="button" className="chip" disabled={isBusy} onClick={edit}>
          {t('修改')}
        </button>
        <SureButton
          className="chip"
          name={t('删除')}
          sure={t('确定删除')}
          isBusy={isBusy}
          act={() => remove.act({ addressId: id })}
        />
      </div>
    </li>
  );
}

function Book() {
  const [editing, edit] = useState<Address | 'NEW' | null>(null);
  const [{ data, error }, again] = useQuery({
    query: ADDRESSES,
    variables: {},
    requestPolicy: 'cache-and-network',
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-picture" count={2} />;
  const done = () => {
    edit(null);
    again({ requestPolicy: 'network-only' });
  };
  if (editing !== null)
    return (
      <div className="panels">
        <Editor address={editing === 'NEW' ? null : editing} done={done} />
      </div>
    );
  return (
    <>
      {data.addresses.length === 0 && <Empty icon="pin" title={t('还没有存过地址')} />}
      <ul className="panels">
        {data.addresses.map((address) => (
          <Card key={address.id} address={address} edit={() => edit(address)} />
        ))}
      </ul>
      <button type="button" className="button is-wide more" onClick={() => edit('NEW')}>
        {t('添加地址')}
      </button>
    </>
  );
}

/** Where one has things sent. */
export default function Addresses() {
  return (
    <MemberOnly
      title={t('收货地址')}
      icon="pin"
      why={t('登录后能存地址，下单时一点就好。')}
      path="/addresses"
    >
      <Book />
    </MemberOnly>
  );
}
