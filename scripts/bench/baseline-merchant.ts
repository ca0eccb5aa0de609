import {
  type Rows,
  type Value,
  app,
  buyerOf,
  list,
  object,
  pool,
  run,
  text,
  whole,
} from './baseline-server.js';

const counties = new Map<string, string>();

interface ListBody<V> {
  readonly variables: V & { readonly first: number; readonly after: string | null };
}

interface OrderRow {
  readonly id: string;
  readonly state: string;
  readonly handover: string;
  readonly goodsFen: string;
  readonly placedAt: Date;
  readonly name: string;
  readonly countyCode: string;
  readonly sortedBy: string;
}

const maybe = { type: ['string', 'null'] } as const;
const pageInfoSchema = object({ hasNextPage: { type: 'boolean' }, endCursor: maybe });
const bodyOf = (properties: object) =>
  object({
    variables: object({ first: { type: 'integer', minimum: 1, maximum: 100 }, after: maybe, ...properties }),
  });

const keyOf = (after: string) => JSON.parse(Buffer.from(after, 'base64url').toString()) as string[];

function pageOf<Row>(rows: readonly Row[], first: number, sortedBy: (row: Row) => readonly string[]) {
  const page = rows.slice(0, first);
  const last = page.at(-1);
  const endCursor = last ? Buffer.from(JSON.stringify(sortedBy(last))).toString('base64url') : null;
  return { page, pageInfo: { hasNextPage: rows.length > first, endCursor } };
}

async function learnCounties(codes: readonly string[]): Promise<void> {
  const unknown = [...new Set(codes)].filter((code) => !counties.has(code));
  if (unknown.length === 0) return;
  const found = await run<Rows<{ code: string; name: string }>>(
    pool,
    'SELECT code, name FROM division WHERE code IN (?)',
    [unknown],
  );
  for (const code of unknown) counties.set(code, code);
  for (const { code, name } of found) counties.set(code, name);
}

interface OrdersBody {
  readonly merchantId: string;
  readonly state: string | null;
}

async function orders({ merchantId, state, first, after }: ListBody<OrdersBody>['variables']) {
  const where = ['m.merchant_id = ?'];
  const values: Value[] = [merchantId];
  if (state) {
    where.push('m.state = ?');
    values.push(state);
  }
  if (after) {
    const [at = '', id = ''] = keyOf(after);
    where.push('(m.placed_at < ? OR (m.placed_at = ? AND m.id < ?))');
    values.push(at, at, id);
  }
  const rows = await run<Rows<OrderRow>>(
    pool,
    `SELECT m.id, m.state, m.handover, m.goods_fen AS goodsFen, m.placed_at AS placedAt, o.recipient_name AS name,
       o.recipient_county_code AS countyCode, CAST(m.placed_at AS CHAR) AS sortedBy
     FROM (SELECT m.id FROM merchant_order m WHERE ${where.join(' AND ')} ORDER BY m.placed_at DESC, m.id DESC LIMIT ?) page
     JOIN merchant_order m ON m.id = page.id JOIN customer_order o ON o.id = m.order_id ORDER BY m.placed_at DESC, m.id DESC`,
    [...values, first + 1],
  );
  const { page, pageInfo } = pageOf(rows, first, ({ sortedBy, id }) => [sortedBy, id]);
  const ids = page.map(({ id }) => id);
  const [lines] = await Promise.all([
    ids.length === 0
      ? []
      : run<Rows<{ id: string; partId: string }>>(
          pool,
          `SELECT id, merchant_order_id AS partId, product_name AS productName, variant_name AS variantName, quantity
           FROM order_line WHERE merchant_order_id IN (?) ORDER BY id`,
          [ids],
        ),
    learnCounties(page.map(({ countyCode }) => countyCode)),
  ]);
  const byPart = new Map<string, object[]>(ids.map((id) => [id, []]));
  for (const line of lines) byPart.get(line.partId)?.push(line);
  const nodes = page.map(({ name, countyCode, placedAt, ...row }) => ({
    ...row,
    placedAt: placedAt.toISOString(),
    recipient: { name, county: { name: counties.get(countyCode) } },
    lines: byPart.get(row.id),
  }));
  return { nodes, pageInfo };
}

const lineSchema = object({ id: text, productName: text, variantName: text, quantity: whole });
const orderSchema = object({
  id: text,
  state: text,
  handover: text,
  goodsFen: text,
  placedAt: text,
  recipient: object({ name: text, county: object({ name: text }) }),
  lines: list(lineSchema),
});

app.post<{ Body: ListBody<OrdersBody> }>(
  '/merchant-orders',
  {
    schema: {
      body: bodyOf({ merchantId: text, state: maybe }),
      response: {
        200: object({
          data: object({ merchantOrders: object({ nodes: list(orderSchema), pageInfo: pageInfoSchema }) }),
        }),
      },
    },
  },
  async (request) => {
    buyerOf(request);
    return { data: { merchantOrders: await orders(request.body.variables) } };
  },
);

type Figure = `${'opening' | 'closing'}${'Held' | 'Available' | 'Owed'}`;

interface StatementRow extends Readonly<Record<Figure, string>> {
  readonly id: string;
  readonly month: string | null;
  readonly fromOn: string;
  readonly toOn: string;
  readonly lineCount: number;
}

const netOf = (held: string, available: string, owed: string) =>
  String(BigInt(held) + BigInt(available) - BigInt(owed));

/** As anybody would: what the lines come to is added up when it is asked for, unless somebody keeps it; this one reads what is kept. */
async function statements(merchantId: string, first: number) {
  const rows = await run<Rows<StatementRow>>(
    pool,
    `SELECT s.id, s.month, s.from_on AS fromOn, s.to_on AS toOn, b.line_count AS lineCount, b.held_opening_fen AS openingHeld,
       b.available_opening_fen AS openingAvailable, b.owed_opening_fen AS openingOwed, b.held_closing_fen AS closingHeld,
       b.available_closing_fen AS closingAvailable, b.owed_closing_fen AS closingOwed
     FROM statement s LEFT JOIN statement_balance b ON b.statement_id = s.id WHERE s.payee_id = ? ORDER BY s.id DESC LIMIT ?`,
    [merchantId, first],
  );
  const ids = rows.map(({ id }) => id);
  const [totals, revisions, files] = await Promise.all([
    run<Rows<{ id: string; kind: string; count: number; held: string; available: string; owed: string }>>(
      pool,
      `SELECT statement_id AS id, kind, line_count AS count, held_fen AS held, available_fen AS available, owed_fen AS owed FROM statement_total
       WHERE statement_id IN (?) ORDER BY statement_id, FIELD(kind, 'SALE', 'RELEASE', 'REFUND')`,
      [ids],
    ),
    run<Rows<{ id: string; rev: number }>>(
      pool,
      'SELECT statement_id AS id, rev, number, state FROM statement_revision WHERE statement_id IN (?) ORDER BY statement_id, rev',
      [ids],
    ),
    run<Rows<{ id: string; rev: number; format: string; name: string }>>(
      pool,
      'SELECT statement_id AS id, rev, format, name FROM statement_file WHERE statement_id IN (?) ORDER BY statement_id, rev, format',
      [ids],
    ),
  ]);
  return rows.map((row) => ({
    ...row,
    opening: {
      heldFen: row.openingHeld,
      availableFen: row.openingAvailable,
      netFen: netOf(row.openingHeld, row.openingAvailable, row.openingOwed),
    },
    closing: {
      heldFen: row.closingHeld,
      availableFen: row.closingAvailable,
      owedFen: row.closingOwed,
      netFen: netOf(row.closingHeld, row.closingAvailable, row.closingOwed),
    },
    totals: totals
      .filter(({ id }) => id === row.id)
      .map(({ kind, count, held, available, owed }) => ({
        kind,
        count,
        amounts: { availableFen: available, netFen: netOf(held, available, owed) },
      })),
    revisions: revisions
      .filter(({ id }) => id === row.id)
      .map((revision) => ({
        ...revision,
        files: files
          .filter(({ id, rev }) => id === row.id && rev === revision.rev)
          .map(({ format, name }) => ({ format, path: `/statements/${name.replace(/\.(\w+)$/, '/$1')}` })),
      })),
  }));
}

const statementSchema = object({
  id: text,
  month: maybe,
  fromOn: text,
  toOn: text,
  lineCount: whole,
  opening: object({ heldFen: text, availableFen: text, netFen: text }),
  closing: object({ heldFen: text, availableFen: text, owedFen: text, netFen: text }),
  totals: list(object({ kind: text, count: whole, amounts: object({ availableFen: text, netFen: text }) })),
  revisions: list(
    object({ rev: whole, number: text, state: text, files: list(object({ format: text, path: text })) }),
  ),
});

app.post<{ Body: ListBody<{ readonly merchantId: string }> }>(
  '/statements',
  {
    schema: {
      body: bodyOf({ merchantId: text }),
      response: { 200: object({ data: object({ statements: object({ nodes: list(statementSchema) }) }) }) },
    },
  },
  async (request) => {
    buyerOf(request);
    const { merchantId, first } = request.body.variables;
    return { data: { statements: { nodes: await statements(merchantId, first) } } };
  },
);

interface LineRow {
  readonly journalId: string;
  readonly partNo: number;
  readonly effectiveAt: Date;
  readonly held: string;
  readonly available: string;
  readonly owed: string;
  readonly sortedBy: string;
}

async function lines({ statementId, first, after }: ListBody<{ readonly statementId: string }>['variables']) {
  const [at = '1000-01-01', journalId = '', partNo = '0'] = after ? keyOf(after) : [];
  await run(pool, 'SELECT id FROM statement WHERE id = ?', [statementId]);
  const rows = await run<Rows<LineRow>>(
    pool,
    `SELECT journal_id AS journalId, part_no AS partNo, kind, order_id AS orderId, wording, held_fen AS held, available_fen AS available,
       owed_fen AS owed, effective_at AS effectiveAt, CAST(effective_at AS CHAR) AS sortedBy FROM statement_line
     WHERE statement_id = ? AND (effective_at > ? OR (effective_at = ? AND (journal_id > ? OR (journal_id = ? AND part_no > ?))))
     ORDER BY effective_at, journal_id, part_no LIMIT ?`,
    [statementId, at, at, journalId, journalId, Number(partNo), first + 1],
  );
  const { page, pageInfo } = pageOf(rows, first, (row) => [row.sortedBy, row.journalId, String(row.partNo)]);
  const nodes = page.map(({ effectiveAt, held, available, owed, ...row }) => ({
    ...row,
    effectiveAt: effectiveAt.toISOString(),
    amounts: { availableFen: available, netFen: netOf(held, available, owed) },
  }));
  return { nodes, pageInfo };
}

const statementLineSchema = object({
  journalId: text,
  partNo: whole,
  kind: text,
  orderId: maybe,
  wording: text,
  effectiveAt: text,
  amounts: object({ availableFen: text, netFen: text }),
});

app.post<{ Body: ListBody<{ readonly statementId: string }> }>(
  '/statement-lines',
  {
    schema: {
      body: bodyOf({ statementId: text }),
      response: {
        200: object({
          data: object({
            statementLines: object({ nodes: list(statementLineSchema), pageInfo: pageInfoSchema }),
          }),
        }),
      },
    },
  },
  async (request) => {
    buyerOf(request);
    return { data: { statementLines: await lines(request.body.variables) } };
  },
);
