import { Link } from 'wouter';
import { t } from '../shared/i18n.js';
import { amountOf } from '../shared/money.js';
import { Table } from './charts/table.js';
import { accountWord, subjectWord } from './ledger-words.js';

export const accountHref = (code: string): string => `/ledger/account?code=${encodeURIComponent(code)}`;
export const journalHref = (id: string): string => `/ledger/journals/${id}`;
export const aboutHref = (subject: string): string => `/ledger/about/${encodeURIComponent(subject)}`;

/** An account as people call it, whose it is, and its code: the code is what the books know. */
export function AccountCell({ code, owner }: { code: string; owner: string | null }) {
  return (
    <span className="account">
      <Link href={accountHref(code)}>{accountWord(code)}</Link>
      {owner !== null && <span>{owner}</span>}
      <small className="code">{code}</small>
    </span>
  );
}

export function SubjectLink({ subject }: { subject: string }) {
  return (
    <span className="account">
      <Link href={aboutHref(subject)}>{subjectWord(subject)}</Link>
      <small className="code">{subject}</small>
    </span>
  );
}

interface Transfer {
  readonly debit: string;
  readonly credit: string;
  readonly debitOwnerName: string | null;
  readonly creditOwnerName: string | null;
  readonly amountFen: string;
  readonly reversedFen: string;
}

/** From where to where, line by line. */
export function Transfers({ caption, transfers }: { caption: string; transfers: readonly Transfer[] }) {
  const total = transfers.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);
  const numbered = transfers.map((transfer, index) => ({ ...transfer, line: index + 1 }));
  return (
    <Table
      caption={caption}
      rows={numbered}
      keyOf={({ line }) => String(line)}
      columns={[
        {
          name: t('借'),
          cell: ({ debit, debitOwnerName }) => <AccountCell code={debit} owner={debitOwnerName} />,
        },
        {
          name: t('贷'),
          cell: ({ credit, creditOwnerName }) => <AccountCell code={credit} owner={creditOwnerName} />,
        },
        { name: t('金额（元）'), isFigure: true, cell: ({ amountFen }) => amountOf(amountFen) },
        {
          name: t('已冲回（元）'),
          isFigure: true,
          cell: ({ reversedFen }) => (reversedFen === '0' ? '—' : amountOf(reversedFen)),
        },
      ]}
      foot={[t('合计'), '', amountOf(String(total)), '']}
    />
  );
}
