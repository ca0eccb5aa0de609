import { type ChangeEvent, useState } from 'react';
import { useAct } from '../shared/graphql/act.js';
import { t } from '../shared/i18n.js';
import { amountOf } from '../shared/money.js';
import { RefusalNote } from '../shared/ui/states.js';
import { useDesk } from './desk.js';
import {
  BATCH_APPROVE,
  BATCH_EXPORT,
  BATCH_REJECT,
  BATCH_VOID,
  BATCH_WITHDRAW,
  RESULT_IMPORT,
} from './payout.documents.js';
import type { Batch } from './payout-words.js';
import { Act } from './ui.js';

interface NextProps {
  readonly batch: Batch;
  /** The fingerprint of what stands on the page; undefined until it is known, null where the browser cannot say. */
  readonly seen: string | null | undefined;
  readonly done: () => void;
}

/** Somebody else's wish: to send it, or to void it. What is agreed to is the fingerprint of what stands on the page. */
function Decide({ batch, seen, done }: NextProps) {
  const { viewer, may } = useDesk();
  const approve = useAct(BATCH_APPROVE);
  const reject = useAct(BATCH_REJECT);
  const { id, approval, totalFen } = batch;
  const isVoid = batch.state === 'VOID_REQUESTED';
  const who = approval.requestedBy.name ?? approval.requestedBy.id;
  if (approval.requestedBy.id === viewer.id)
    return <p className="note">{t('这是您提的，等别人审批；自己不能批自己的。')}</p>;
  if (approval.votes.some(({ by }) => by.id === viewer.id))
    return <p className="note">{t('您已经同意，还等另一个人。')}</p>;
  if (!may('PAYOUT_APPROVE')) return <p className="note">{t('等有付款审批权的人来批。')}</p>;
  if (seen === undefined) return <p className="note">{t('正在核对每一笔和内容指纹。')}</p>;
  if (seen !== null && seen !== approval.contentHash)
    return (
      <p className="verdict is-failed">
        {t('按这一页的内容算出的指纹，与要批的不同。请刷新再看；仍不同，不要批，报平台运营。')}
      </p>
    );
  const contentHash = seen ?? approval.contentHash;
  const short = contentHash.slice(0, 12);
  return (
    <>
      <p className="note">
        {isVoid
          ? t('{who}申请作废：银行没有收到这份文件。先向银行问清楚再批。', { who })
          : t('{who}制的单，请逐笔看过再批。', { who })}
      </p>
      <p className="note">
        {seen === null
          ? t('本页不是加密地址，浏览器没有核算指纹；批的是 {short}…', { short })
          : t('浏览器按这一页的每一笔算出指纹 {short}…，与要批的一致。', { short })}
      </p>
      <div className="acts no-print">
        <Act
          name={isVoid ? t('同意作废') : t('同意付款')}
          question={
            isVoid
              ? t('作废后，里面的付款进下一批。')
              : t('同意付出 {money}，{n} 笔。', { money: amountOf(totalFen), n: batch.lineCount })
          }
          isBusy={approve.isBusy}
          refusal={approve.refusal}
          act={() => approve.act({ id, contentHash }).finally(done)}
        />
        <Act
          name={t('不同意')}
          question={isVoid ? t('写明理由；文件继续有效。') : t('写明理由；里面的付款等下一批。')}
          wantsReason
          isBad
          isBusy={reject.isBusy}
          refusal={reject.refusal}
          act={(reason) => reject.act({ id, reason, contentHash }).finally(done)}
        />
      </div>
    </>
  );
}

/** Bytes that came as text, handed to whoever asked for them. */
function save(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await new Response(file).arrayBuffer());
  return btoa([...bytes].map((byte) => String.fromCharCode(byte)).join(''));
};

function Export({ batch, done }: { batch: Batch; done: () => void }) {
  const { act, isBusy, refusal } = useAct(BATCH_EXPORT);
  const fetchFile = async () => {
    const answer = await act({ id: batch.id }).finally(done);
    if (answer) save(answer.file.name, answer.file.contentBase64);
    return answer;
  };
  const isOut = batch.exportedAt !== null;
  return (
    <Act
      name={isOut ? t('再取一次文件') : t('导出银行文件')}
      question={t('文件里有全名和账号，只给银行；谁取的、什么时候，记在审计日志里。')}
      isBusy={isBusy}
      refusal={refusal}
      act={fetchFile}
    />
  );
}

function Import({ batch, done }: { batch: Batch; done: () => void }) {
  const { act, isBusy, refusal } = useAct(RESULT_IMPORT);
  const [isBroken, setBroken] = useState(false);
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    const [file] = [...(input.files ?? [])];
    if (!file) return;
    const answer = await act({ id: batch.id, contentBase64: await base64Of(file) }).finally(done);
    setBroken(answer?.import.outcome === 'BROKEN');
    input.value = ''; // The same file may be tried again.
  };
  return (
    <div className="proof-form no-print">
      <label className="button is-quiet">
        {t('导入银行回盘文件')}
        <input
          className="hidden"
          type="file"
          accept=".csv,text/csv"
          disabled={isBusy}
          onChange={(event) => void take(event as ChangeEvent<HTMLInputElement>)}
        />
      </label>
      <RefusalNote refusal={refusal} />
      {isBroken && (
        <p className="refusal" role="alert">
          {t('这份回盘对不上，一笔都没有入账。原因见下面，请向银行要对的文件。')}
        </p>
      )}
    </div>
  );
}

function Void({ batch, done }: { batch: Batch; done: () => void }) {
  const { act, isBusy, refusal } = useAct(BATCH_VOID);
  return (
    <Act
      name={t('作废')}
      question={
        batch.state === 'EXPORTED'
          ? t('只在银行没有收到文件时作废；要别人同意。')
          : t('马上作废，里面的付款等下一批。')
      }
      wantsReason
      isBad
      isBusy={isBusy}
      refusal={refusal}
      act={(reason) => act({ id: batch.id, reason }).finally(done)}
    />
  );
}

function Withdraw({ batch, done }: { batch: Batch; done: () => void }) {
  const { act, isBusy, refusal } = useAct(BATCH_WITHDRAW);
  return (
    <Act
      name={t('撤回批次')}
      question={t('撤回后里面的付款等下一批。')}
      isBad
      isBusy={isBusy}
      refusal={refusal}
      act={() => act({ id: batch.id }).finally(done)}
    />
  );
}

/** What comes next of a batch, for whoever may do it. Refused or not, what is shown is how it stands then. */
export function PayoutNext({ batch, seen, done }: NextProps) {
  const { viewer, may } = useDesk();
  const mayPrepare = may('PAYOUT_PREPARE');
  switch (batch.state) {
    case 'AWAITING_APPROVAL':
      return (
        <>
          <Decide batch={batch} seen={seen} done={done} />
          {mayPrepare && batch.maker.id === viewer.id && <Withdraw batch={batch} done={done} />}
        </>
      );
    case 'VOID_REQUESTED':
      return <Decide batch={batch} seen={seen} done={done} />;
    case 'APPROVED':
    case 'EXPORTED':
      if (!mayPrepare) return <p className="note">{t('等制单的岗位导出文件、导入回盘。')}</p>;
      return (
        <>
          <div className="acts no-print">
            <Export batch={batch} done={done} />
            <Void batch={batch} done={done} />
          </div>
          {batch.state === 'EXPORTED' && <Import batch={batch} done={done} />}
        </>
      );
    case 'SENDING':
      return <p className="note">{t('系统正在逐笔转账，结果出来就显示在下面。')}</p>;
    case 'CLOSED':
      return <p className="note">{t('每一笔都有了结果，没有要办的。')}</p>;
    case 'REJECTED':
    case 'VOIDED':
      return <p className="note">{t('这一批不付了，里面的付款进别的批次。')}</p>;
  }
}
