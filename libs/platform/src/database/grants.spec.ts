import { grantStatements, quotedAccount, revokeStatements } from './grants.js';

it.each([
  [
    'ledger_journal',
    'SELECT, INSERT (id, idempotency_key, request_hash, kind, subject, event_id, effective_at, phase, pending_journal_id, reverses_journal_id)',
  ],
  ['audit_entry', 'SELECT, INSERT'],
  ['ledger_pending', 'SELECT, INSERT, UPDATE (state, posted_fen, resolved_by_journal_id)'],
  ['customer_order', 'SELECT, INSERT, UPDATE, DELETE'],
  ['migration', 'SELECT'],
])('on %s the services get %s', (table, privileges) => {
  expect(grantStatements('t', [table], "'a'@'%'")).toEqual([
    `GRANT ${privileges} ON \`t\`.\`${table}\` TO 'a'@'%'`,
  ]);
});

it.each([
  ['ledger_journal', 'DELETE', true],
  ['ledger_journal', 'UPDATE', true],
  ['ledger_journal', 'INSERT', true],
  ['ledger_transfer', 'INSERT', false],
  ['ledger_account', 'UPDATE', true],
  ['ledger_account', 'INSERT', false],
  ['customer_order', 'DELETE', false],
  ['customer_order', 'DROP', true],
])('on %s a %s that is held is taken back: %s', (table, privilege, isTakenBack) => {
  expect(revokeStatements('t', [{ table, privilege }], "'a'@'%'")).toEqual(
    isTakenBack ? [`REVOKE ${privilege} ON \`t\`.\`${table}\` FROM 'a'@'%'`] : [],
  );
});

it.each([
  ['taoyuan_app@127.0.0.1', "'taoyuan_app'@'127.0.0.1'"],
  ['a@b@%', "'a@b'@'%'"],
  ["o'b@%", "'o''b'@'%'"],
])('%s is %s', (said, quoted) => {
  expect(quotedAccount(said)).toBe(quoted);
});
