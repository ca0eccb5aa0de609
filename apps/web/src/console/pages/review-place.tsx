import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { longDayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { Only, useDesk } from '../desk.js';
import { type OfficePlace, placeKindWord, placeStateWord } from '../place-words.js';
import { PLACE, PLACE_DECIDE } from '../place.documents.js';
import { History, type Row, Rows } from '../review-case.js';
import { useDecision } from '../review-decide.js';
import { countyName } from '../review-words.js';
import { Act, Page, Path, Section } from '../ui.js';

const ownerWord = (kind: NonNullable<OfficePlace['ownerKind']>): string =>
  ({ CITY: t('市里'), COUNTY: t('县里'), ENTERPRISE: t('企业') })[kind];

const hostWord = (kind: NonNullable<OfficePlace['hostKind']>): string =>
  ({
    SUPERMARKET: t('商超'),
    PETROL_STATION: t('加油站'),
    MARKET: t('农贸市场'),
    SERVICE_AREA: t('服务区'),
    CAMPUS: t('校园'),
  })[kind];

const stepWord = (act: OfficePlace['steps'][number]['act']): string =>
  ({
    RECORDED: t('按现状登记'),
    PROPOSED: t('提出申报'),
    AMENDED: t('修改申报'),
    SITE_AGREED: t('落实场地'),
    APPROVED: t('批准'),
    RETURNED: t('退回修改'),
    ENTRUSTED: t('明确运营方'),
    BUILT: t('建成'),
    INSPECTED: t('验收通过'),
    OPENED: t('开业'),
    SUSPENDED: t('暂停营业'),
    CLOSED: t('关闭'),
  })[act];

function rowsOf(place: OfficePlace, county: string): readonly Row[] {
  const row = (label: string, now: string | null): Row => ({ label, path: null, now });
  const { id, steps, contractedFrom, contractedTo } = place;
  const papers = steps.flatMap(({ number, act, files }): Row[] =>
    files.length === 0
      ? []
      : [
          {
            label: t('{step}的附件', { step: stepWord(act) }),
            path: `steps.${number}`,
            now: files.map((file) => (
              <a
                key={file.id}
                className="paper-link"
                href={`/places/${id}/files/${file.id}`}
                download={file.name}
              >
                {file.name}
              </a>
            )),
          },
        ],
  );
  return [
    row(t('类别'), placeKindWord(place.kind)),
    row(t('运营方'), place.operatorName),
    row(t('所在县'), county),
    row(t('地址'), place.address),
    ...(place.ownerKind === null ? [] : [row(t('谁的馆'), ownerWord(place.ownerKind))]),
    ...(place.hostKind === null
      ? []
      : [row(t('在谁的店里'), `${hostWord(place.hostKind)} ${place.hostName ?? ''}`)]),
    row(t('营业时间'), place.openingHours),
    row(t('介绍'), place.introduction),
    row(t('批准文号'), place.documentNo === '' ? null : place.documentNo),
    row(t('开业日期'), place.openedOn === null ? null : longDayOf(place.openedOn)),
    ...(contractedFrom === null || contractedTo === null
      ? []
      : [row(t('合同期'), `${longDayOf(contractedFrom)} – ${longDayOf(contractedTo)}`)]),
    ...papers,
  ];
}

type OfficeAct = 'APPROVED' | 'RETURNED' | 'INSPECTED' | 'OPENED' | 'SUSPENDED' | 'CLOSED';

/** What an office may do with it as it stands. */
function DecidePlace({ place, changed }: { place: OfficePlace; changed: () => void }) {
  const [documentNo, setDocumentNo] = useState('');
  const decision = useDecision(PLACE_DECIDE, changed);
  const { id: placeId, revision, state } = place;
  const decide = (act: OfficeAct) => (reason: string) =>
    decision.act({
      input: { placeId, revision, act, reason, ...(act === 'APPROVED' ? { documentNo } : {}) },
    });
  const common = { wantsReason: true, isBusy: decision.isBusy, refusal: decision.refusal };
  const waits = state === 'SITE_AGREED' || state === 'BUILT';
  return (
    <Section title={t('怎么办')}>
      <div className="acts">
        {state === 'SITE_AGREED' && (
          <Act
            {...common}
            name={t('批准')}
            question={t('写下意见和批准文号。批准后由运营方建设。')}
            more={
              <label className="field">
                <span>{t('批准文号')}</span>
                <input
                  maxLength={60}
                  value={documentNo}
                  onInput={(event) => setDocumentNo(event.currentTarget.value)}
                />
              </label>
            }
            act={decide('APPROVED')}
          />
        )}
        {state === 'BUILT' && (
          <Act
            {...common}
            name={t('验收通过')}
            question={t('写下现场看到的：标识、价签、货架、认定产品占比。')}
            act={decide('INSPECTED')}
          />
        )}
        {waits && (
          <Act
            {...common}
            isBad
            name={t('退回修改')}
            question={t('写明哪里要改，运营方改好再交。')}
            act={decide('RETURNED')}
          />
        )}
        {state === 'SUSPENDED' && (
          <Act {...common} name={t('恢复营业')} question={t('写明为什么可以恢复。')} act={decide('OPENED')} />
        )}
        {state === 'OPEN' && (
          <Act
            {...common}
            isBad
            name={t('暂停营业')}
            question={t('暂停后顾客看不到它，也不能在这里买。写明原因。')}
            act={decide('SUSPENDED')}
          />
        )}
        <Act
          {...common}
          isBad
          name={t('关闭')}
          question={t('关了就不能再开。写明原因。')}
          act={decide('CLOSED')}
        />
      </div>
    </Section>
  );
}

function Found({ id }: { id: string }) {
  const desk = useDesk();
  const [{ data: answer, error }, again] = useQuery({
    query: PLACE,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const { place } = data;
  if (!place)
    return (
      <Empty icon="hall" title={t('没有这个点，或者不在您的辖区。')}>
        <Link className="button is-quiet" href="/reviews?kind=places">
          {t('回到审核台')}
        </Link>
      </Empty>
    );
  const mayDecide = desk.may('PLACE_REVIEW') && place.state !== 'CLOSED' && place.state !== 'PROPOSED';
  return (
    <>
      <Section title={place.name} note={placeStateWord(place.state)}>
        <Rows caption={t('渠道点')} rows={rowsOf(place, countyName(desk, place.countyCode))} marks={null} />
      </Section>
      {mayDecide && <DecidePlace key={place.revision} place={place} changed={look} />}
      <History
        steps={place.steps.map(({ act, reason, at }) => ({ act, reason, at, fields: [] }))}
        wordOf={(index) => {
          const step = place.steps[index];
          return step ? `${stepWord(step.act)} · ${longDayOf(step.effectiveOn)}` : '';
        }}
        whoOf={(index) =>
          ({ OFFICE: t('主管部门'), OPERATOR: t('运营方'), BOOK: '' })[place.steps[index]?.side ?? 'BOOK']
        }
      />
    </>
  );
}

export default function ReviewPlace({ id }: { id: string }) {
  return (
    <Only may="PLACE_READ">
      <Page title={t('专馆专区')} note={t('每次打开附件都有记录；申报人和运营方的人不能自己审批、验收')}>
        <Path
          steps={[
            { name: t('审核台'), href: '/reviews?kind=places' },
            { name: t('专馆专区'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
