import { useQuery } from 'urql';
import { Link } from 'wouter';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { Only, useDesk } from '../desk.js';
import { History, type Marks, Paper, type Row, Rows, useMarks } from '../review-case.js';
import { Decide, useDecision } from '../review-decide.js';
import {
  type Application,
  applicationWord,
  countyName,
  kindWord,
  paperWord,
  processedFoodWord,
} from '../review-words.js';
import {
  APPLICATION,
  APPLICATION_APPROVE,
  APPLICATION_RECOMMEND,
  APPLICATION_REFUSE,
  APPLICATION_RETURN,
} from '../review.documents.js';
import { Act, Page, Path, Section } from '../ui.js';

function rowsOf(
  { id, content, bankAccount, files }: Application,
  placeName: (code: string) => string,
): readonly Row[] {
  const text = (label: string, field: string, now: string | null): Row => ({
    label,
    path: `content.${field}`,
    now,
  });
  const papers = content.papers.map(({ kind, number, validFrom, validTo, fileIds }, index): Row => {
    const label = kind === null ? t('材料') : paperWord(kind);
    return {
      label,
      path: `content.papers.${index}`,
      now: (
        <Paper
          paper={{
            label,
            number,
            validFrom,
            validTo,
            files: files.filter((file) => fileIds.includes(file.id)),
          }}
          hrefOf={(fileId) => `/merchant-applications/${id}/files/${fileId}`}
        />
      ),
    };
  });
  return [
    text(t('类别'), 'kind', content.kind === null ? null : kindWord(content.kind)),
    text(t('名称'), 'name', content.name),
    text(t('统一社会信用代码'), 'creditCode', content.creditCode),
    text(t('所在县'), 'countyCode', content.countyCode === null ? null : placeName(content.countyCode)),
    text(t('法定代表人'), 'legalPersonName', content.legalPersonName),
    text(t('联系人'), 'contactName', content.contactName),
    text(t('联系电话'), 'contactPhone', content.contactPhone),
    text(t('卖什么'), 'goods', content.goods),
    text(
      t('加工食品'),
      'processedFood',
      content.processedFood === null ? null : processedFoodWord(content.processedFood),
    ),
    ...papers,
    text(
      t('货款打到'),
      'bankAccount',
      bankAccount &&
        t('{name}，{bank}，尾号 {digits}', {
          name: bankAccount.accountName,
          bank: bankAccount.bankName,
          digits: bankAccount.lastFour,
        }),
    ),
  ];
}

/** The county first, then the platform: each recommends or approves, sends back, or refuses for good. */
function DecideApplication({
  item,
  marks,
  changed,
}: {
  item: Application;
  marks: Marks;
  changed: () => void;
}) {
  const recommend = useDecision(APPLICATION_RECOMMEND, changed);
  const approve = useDecision(APPLICATION_APPROVE, changed);
  const sendBack = useDecision(APPLICATION_RETURN, changed);
  const refuse = useDecision(APPLICATION_REFUSE, changed);
  const { id, revision, state } = item;
  return (
    <Decide
      item={item}
      marks={marks}
      backQuestion={t('标出的地方会一处一处告诉申请人。再写一句总的理由。')}
      sendBack={sendBack}
      refuse={refuse}
    >
      {state === 'SUBMITTED' ? (
        <Act
          name={t('推荐')}
          question={t('写下县里的意见：种什么、有多少、带动哪些农户。推荐后由平台审批。')}
          wantsReason
          isBusy={recommend.isBusy}
          refusal={recommend.refusal}
          act={(reason) => recommend.act({ id, revision, reason })}
        />
      ) : (
        <Act
          name={t('批准')}
          question={t('批准后它就能卖货，申请人是负责人。')}
          isBusy={approve.isBusy}
          refusal={approve.refusal}
          act={() => approve.act({ id, revision })}
        />
      )}
    </Decide>
  );
}

function Found({ id }: { id: string }) {
  const desk = useDesk();
  const [{ data: answer, error }, again] = useQuery({
    query: APPLICATION,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const marks = useMarks();
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const item = data.merchantApplication;
  if (!item)
    return (
      <Empty icon="hall" title={t('没有这一件：它不在您的辖区，或者还没有提交。')}>
        <Link className="button is-quiet" href="/reviews?kind=applications">
          {t('回到审核台')}
        </Link>
      </Empty>
    );
  const isOurs =
    (item.state === 'SUBMITTED' && desk.may('MERCHANT_RECOMMEND')) ||
    (item.state === 'RECOMMENDED' && desk.may('MERCHANT_APPROVE'));
  return (
    <>
      <Section title={item.content.name ?? ''} note={applicationWord(item.state)}>
        <Rows
          caption={t('申请内容')}
          rows={rowsOf(item, (code) => countyName(desk, code))}
          marks={isOurs ? marks : null}
        />
      </Section>
      {isOurs && <DecideApplication item={item} marks={marks} changed={look} />}
      <History steps={item.steps} />
    </>
  );
}

export default function ReviewApplication({ id }: { id: string }) {
  return (
    <Only may="MERCHANT_READ">
      <Page title={t('商家入驻')} note={t('每次打开材料都有记录')}>
        <Path
          steps={[
            { name: t('审核台'), href: '/reviews?kind=applications' },
            { name: t('商家入驻'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
