import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { longDayOf, today } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { useDesk } from '../desk.js';
import { TextField, faultsOf } from '../field.js';
import { type OwnContract, contractWord, percentOf } from '../place/contract-words.js';
import { useOwnPlaces } from '../place/own-places.js';
import { stateWord } from '../place/words.js';
import { PlaceOwner } from '../place/place-owner.js';
import {
  CONTRACT_END,
  CONTRACT_SHOPS,
  CONTRACT_SHOPS_ADD,
  ZONE_CONTRACT,
} from '../zone-contract.documents.js';

/** As many as are put under it at once. */
const SHOPS_MAX = 500;

function nextWord({ state, isHolding, endedOn }: OwnContract): string {
  if (state === 'PROPOSED') return t('主管部门同意以后，就可以把店放进来。');
  if (state === 'RETURNED') return t('看看为什么退回，改好另交一份。');
  if (endedOn !== null) return t('终止以后，合同里的店不能再卖。');
  return isHolding ? t('合同里的店，在合同期内都能卖。') : t('不在合同期内，合同里的店不能卖。');
}

function About({ contract }: { contract: OwnContract }) {
  const { id, number, divisionName, validFrom, validTo, operatorBps, terms, files } = contract;
  const rows = [
    [t('管哪里的店'), divisionName],
    [t('合同期'), t('{from}到{to}', { from: longDayOf(validFrom), to: longDayOf(validTo) })],
    [t('店方分成'), `${percentOf(operatorBps)}%`],
    [t('别的约定'), terms],
    [t('主管部门的意见'), contract.reason],
    [t('哪天终止'), contract.endedOn === null ? '' : longDayOf(contract.endedOn)],
    [t('为什么终止'), contract.endReason],
  ].filter(([, value]) => value !== '');
  return (
    <section className="panel">
      <p className="card-head">
        <b>{number}</b>
        <span className={`tag${contract.isHolding ? '' : ' is-warm'}`}>{contractWord(contract)}</span>
      </p>
      <dl className="check">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {files.length > 0 && (
        <p className="people-foot">
          {files.map((file, index) => (
            <a key={file.id} href={`/zone-contracts/${id}/files/${file.id}`} download={file.name}>
              {t('合同原件 {n}', { n: index + 1 })}
            </a>
          ))}
        </p>
      )}
      <p className="note">{nextWord(contract)}</p>
    </section>
  );
}

function Shops({ contract: { hostId, seriesId }, ...place }: Place & { contract: OwnContract }) {
  const [{ data, error }, again] = useQuery({
    query: CONTRACT_SHOPS,
    variables: { merchantId: hostId, seriesId, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.places}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('还没有店放进来。')}</p>}
    >
      {data?.places.nodes.map(({ id, name, state, address }) => (
        <Link key={id} href={`/places/${id}`} className="card">
          <span className="card-head">
            <b>{name}</b>
            <span className={`tag${state === 'OPEN' ? '' : ' is-warm'}`}>{stateWord(state)}</span>
            <Icon name="right" />
          </span>
          <small>{address}</small>
        </Link>
      ))}
    </ListPart>
  );
}

/** A city's code ends in 00, and its counties' begin as it does. */
const prefixOf = (code: string): string => code.replace(/(?:00)+$/, '');

/** Zones of the host that lie where the contract holds and do not stand under it yet. */
function AddShops({ contract, changed }: { contract: OwnContract; changed: () => void }) {
  const { value: zones, error, again } = useOwnPlaces('ZONE');
  const [chosen, choose] = useState<readonly string[]>([]);
  const { act, isBusy, refusal } = useAct(CONTRACT_SHOPS_ADD, again);
  if (error && !zones) return <Failure error={error} retry={again} />;
  const free = zones?.filter(
    ({ contractSeriesId, countyCode }) =>
      contractSeriesId !== contract.seriesId && countyCode.startsWith(prefixOf(contract.divisionCode)),
  );
  if (!free || free.length === 0) return null;
  const every = free.slice(0, SHOPS_MAX).map(({ id }) => id);
  const add = async () => {
    if (!(await act({ contractId: contract.id, placeIds: [...chosen] }))) return;
    choose([]);
    again();
    changed();
  };
  return (
    <details className="panel fold">
      <summary>
        <Icon name="plus" />
        {t('放进来的店（{n} 家可选）', { n: free.length })}
      </summary>
      <div className="form">
        <button
          type="button"
          className="chip"
          onClick={() => choose(chosen.length === every.length ? [] : every)}
        >
          {chosen.length === every.length ? t('都不选') : t('全选')}
        </button>
        <ul className="print-list">
          {free.map(({ id, name, contractSeriesId }) => {
            const isChosen = chosen.includes(id);
            return (
              <li key={id}>
                <label>
                  <input
                    type="checkbox"
                    checked={isChosen}
                    onChange={() => choose(isChosen ? chosen.filter((each) => each !== id) : [...chosen, id])}
                  />
                  <span>
                    <b>{name}</b>
                    {contractSeriesId !== null && <small>{t('现在在另一份合同里')}</small>}
                  </span>
                </label>
              </li>
            );
          })}
        </ul>
        <RefusalNote refusal={refusal} />
        <button
          type="button"
          className="button is-wide is-large"
          disabled={isBusy || chosen.length === 0 || chosen.length > SHOPS_MAX}
          onClick={() => void add()}
        >
          {t('放进合同：{n} 家', { n: chosen.length })}
        </button>
      </div>
    </details>
  );
}

/** Ended today, with what would have renewed it. */
function End({ contract: { id }, changed }: { contract: OwnContract; changed: () => void }) {
  const [reason, setReason] = useState('');
  const { act, isBusy, refusal } = useAct(CONTRACT_END, changed);
  const faults = faultsOf(refusal);
  return (
    <details className="panel fold">
      <summary>{t('提前终止')}</summary>
      <div className="form">
        <p className="notice is-bad">{t('从今天起，合同里的店都不能卖，续签的也一起终止。')}</p>
        <TextField
          label={t('原因')}
          path="reason"
          value={reason}
          max={500}
          rows={2}
          faults={faults}
          onChange={setReason}
        />
        {faults.length === 0 && <RefusalNote refusal={refusal} />}
        <SureButton
          name={t('终止合同')}
          sure={t('终止了不能恢复。确定？再点一次')}
          isBusy={isBusy}
          act={() => act({ contractId: id, reason }).then((done) => done && changed())}
        />
      </div>
    </details>
  );
}

function Found({ id }: { id: string }) {
  const { merchant } = useDesk();
  const [round, setRound] = useState(0);
  const [{ data: answer, error }, again] = useQuery({
    query: ZONE_CONTRACT,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => {
    again({ requestPolicy: 'network-only' });
    setRound((now) => now + 1);
  };
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const { zoneContract: contract } = data;
  if (!contract || contract.hostId !== merchant.id)
    return <Empty icon="receipt" title={t('没有这份合同，或者不是您的。')} />;
  const isAgreed = contract.state === 'AGREED';
  const isOn = isAgreed && contract.endedOn === null;
  return (
    <div className="panels">
      <About contract={contract} />
      {contract.state === 'RETURNED' && (
        <Link
          className="button is-wide"
          href={`/zone-contracts/new${contract.renewsId === null ? '' : `?renews=${contract.renewsId}`}`}
        >
          {t('另交一份')}
        </Link>
      )}
      {isOn && <AddShops key={contract.seriesId} contract={contract} changed={look} />}
      {isAgreed && (
        <>
          <h2 className="heading">
            {t('合同里的店')} <small>{t('{n} 家店', { n: contract.shopCount })}</small>
          </h2>
          <List key={round} show={(place) => <Shops {...place} contract={contract} />} />
        </>
      )}
      {isOn && (
        <Link className="button is-quiet is-wide" href={`/zone-contracts/new?renews=${id}`}>
          {t('续签')}
        </Link>
      )}
      {isOn && contract.validTo >= today() && <End contract={contract} changed={look} />}
    </div>
  );
}

/** One contract: what it says, which shops stand under it, and its end. */
export default function ZoneContractPage({ id }: { id: string }) {
  return (
    <>
      <TopBar title={t('合同')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <Found id={id} />
        </PlaceOwner>
      </main>
    </>
  );
}
