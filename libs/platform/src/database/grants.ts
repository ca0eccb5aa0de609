import type { Database } from './database.js';

/** Runs a statement and answers its rows, as TypeORM's data source does. */
export interface Statements {
  query(sql: string, values?: string[]): Promise<unknown>;
}

/**
 * What the services' account may do. Written once and never changed: not by a mistake of ours, and not by whoever has got hold
 * of the account. A new table that is only added to gets its line here.
 */
export const APPEND_ONLY_TABLES = [
  'after_sale_photo',
  'approval_vote',
  'audit_entry',
  'batch_test_report',
  'cabinet_message',
  'certification_recheck',
  'certification_revocation',
  'certification_step',
  'claim_step',
  'coupon_return',
  'integrity_correction',
  'integrity_flag_step',
  'goods_measurement',
  'freight_template',
  'freight_zone',
  'invoice_refund',
  'ledger_journal',
  'ledger_transfer',
  'merchant_application_step',
  'made_file',
  'linkage_payment',
  'linkage_photo',
  'linkage_term',
  'order_claim',
  'order_invoice_title',
  'order_line_call_off',
  'order_line_funding',
  'pick_up_opening',
  'promotion_condition',
  'price_change',
  'product_listing_step',
  'reference_price',
  'reconciliation_break_step',
  'receivable_entry',
  'refund_funding',
  'seal',
  'seal_checkpoint',
  'seal_key',
  'seal_node',
  'unmasking',
  'volume_close_step',
  'volume_erratum_fact',
  'service_fee_bill',
  'slot_count',
  'slot_loss',
  'statement',
  'statement_balance',
  'statement_document',
  'statement_file',
  'statement_line',
  'statement_total',
  'tax_treatment',
  'volume_certificate_flag',
  'volume_fact',
  'volume_target',
] as const;

/** Tables of which the services change these columns only, and delete nothing. */
export const CHANGEABLE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  after_sale_step: ['note'], // Emptied when its buyer is forgotten; what was done, by which side and when stays.
  ledger_account: [
    'debits_posted_fen',
    'credits_posted_fen',
    'debits_pending_fen',
    'credits_pending_fen',
    'version',
    'state',
  ],
  ledger_pending: ['state', 'posted_fen', 'resolved_by_journal_id'],
  ledger_reversed: ['journal_id', 'line_no', 'amount_fen', 'reversed_fen'], // All, because MariaDB wants it for ON DUPLICATE KEY.
  volume_erratum: ['state', 'number', 'decided_by', 'decided_at'],
  statement_revision: ['state', 'next_try_at', 'tries', 'fault_account', 'fault_fen', 'issued_at'],
  ledger_gate: ['name'], // Changed by nobody; MySQL locks a row only for whoever may.
};

/** Migrations' own book, read by whoever asks whether the database is up to date; and whose register this is. */
const READ_ONLY_TABLES = ['migration', 'volume_register'];

/** Append-only tables of which the database says the rest itself (I11). A new column of theirs gets its place here. */
export const INSERTABLE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  ledger_journal: [
    'id',
    'idempotency_key',
    'request_hash',
    'kind',
    'subject',
    'event_id',
    'effective_at',
    'phase',
    'pending_journal_id',
    'reverses_journal_id',
  ], // All but recorded_at.
};

function privilegesOn(table: string): string {
  if (READ_ONLY_TABLES.includes(table)) return 'SELECT';
  if ((APPEND_ONLY_TABLES as readonly string[]).includes(table)) {
    const said = INSERTABLE_COLUMNS[table];
    return said ? `SELECT, INSERT (${said.join(', ')})` : 'SELECT, INSERT';
  }
  const columns = CHANGEABLE_COLUMNS[table];
  return columns ? `SELECT, INSERT, UPDATE (${columns.join(', ')})` : 'SELECT, INSERT, UPDATE, DELETE';
}

/** `taoyuan_app@127.0.0.1`, as the server says it, becomes `'taoyuan_app'@'127.0.0.1'`. */
export function quotedAccount(currentUser: string): string {
  const at = currentUser.lastIndexOf('@');
  return [currentUser.slice(0, at), currentUser.slice(at + 1)]
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join('@');
}

/** One statement per table: a grant on the whole database could not be taken back for some of its tables. */
export function grantStatements(schema: string, tables: readonly string[], account: string): string[] {
  return tables.map((table) => `GRANT ${privilegesOn(table)} ON \`${schema}\`.\`${table}\` TO ${account}`);
}

/** What the account holds on single tables beyond what it should, from a time when the table was changed freely. */
export function revokeStatements(
  schema: string,
  held: readonly { readonly table: string; readonly privilege: string }[],
  account: string,
): string[] {
  return held
    .filter(({ table, privilege }) => !new RegExp(`\\b${privilege}\\b(?! \\()`).test(privilegesOn(table)))
    .map(({ table, privilege }) => `REVOKE ${privilege} ON \`${schema}\`.\`${table}\` FROM ${account}`);
}

/** As the owner: lets the account of the services do what they do, and no more. Run again, it changes nothing. */
export async function grantToServices(owner: Statements, services: Statements): Promise<void> {
  const [{ schema }] = (await owner.query('SELECT DATABASE() AS `schema`')) as [{ schema: string }];
  const [{ account }] = (await services.query('SELECT CURRENT_USER() AS account')) as [{ account: string }];
  const tables = (await owner.query(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
    [schema],
  )) as { name: string }[];
  // Everybody sees what they hold themselves.
  const held = (await services.query(
    'SELECT table_name AS `table`, privilege_type AS privilege FROM information_schema.table_privileges WHERE table_schema = ?',
    [schema],
  )) as { table: string; privilege: string }[];
  const quoted = quotedAccount(account);
  const names = tables.map(({ name }) => name);
  for (const sql of [
    ...revokeStatements(
      schema,
      held.filter(({ table }) => names.includes(table)),
      quoted,
    ),
    ...grantStatements(schema, names, quoted),
  ]) {
    await owner.query(sql);
  }
}

/** The account as `information_schema` writes it. */
const ME = `CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')`;
const CHANGING = `privilege_type IN ('UPDATE', 'DELETE', 'DROP', 'ALTER') AND grantee = ${ME}`;

/** Privileges by which the account could change what is only added to, wherever it has them from; none is what should be. */
export async function tooMuch(database: Pick<Database, 'query'>): Promise<string[]> {
  const rows = await database.query<{ privilege: string }>(
    `SELECT privilege_type AS privilege FROM information_schema.user_privileges WHERE ${CHANGING}
     UNION SELECT privilege_type FROM information_schema.schema_privileges
     WHERE ${CHANGING} AND DATABASE() LIKE table_schema
     UNION SELECT privilege_type FROM information_schema.table_privileges
     WHERE ${CHANGING} AND table_schema = DATABASE() AND table_name IN (?) ORDER BY 1`,
    [APPEND_ONLY_TABLES],
  );
  return rows.map(({ privilege }) => privilege);
}
