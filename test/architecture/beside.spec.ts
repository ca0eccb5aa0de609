import { Questions } from './beside.js';
import { type SourceFile, filesUnder, sourceFile } from './tree.js';

const OURS = ['apps', 'libs', 'scripts']
  .flatMap((folder) => filesUnder('.', folder))
  .filter(({ path, syntax }) => syntax && !/\.spec\.ts$|^apps\/(web|stripe-sandbox)\//.test(path));

/** A service and what it needs of others, with one body of a method each time. */
function treeWith(methods: string): SourceFile[] {
  return [
    sourceFile(
      'libs/platform/src/database/database.ts',
      'export class Database { transaction(work: (tx: Tx) => Promise<void>) { return work(begin()); } }',
    ),
    sourceFile(
      'libs/a/src/peach.reader.ts',
      `export class PeachReader {
        private readonly gathered = new Gathered(this.database, (ids) => this.read(ids, this.database), ({ id }) => id);
        constructor(private readonly database: Database) {}
        byIds(ids: string[], on: Pick<Tx, 'query'> = this.database) {
          if (on === this.database) return this.gathered.of(ids);
          return this.read(ids, on);
        }
        private read(ids: string[], on: Pick<Tx, 'query'>) { return on.query('SELECT 1', [ids]); }
        entity(on: Pick<Tx, 'manager'> = this.database) { return on.manager.find(Peach); }
      }
      export abstract class Sms { abstract send(): Promise<void>; }
      export class HttpSms extends Sms {
        constructor(private readonly database: Database) { super(); }
        async send() { this.database.assertNoneOpen(); }
      }`,
    ),
    sourceFile(
      'libs/a/src/peach.service.ts',
      `import { Database } from '#platform/database';
      import { PeachReader, Sms } from './peach.reader.js';
      type Work = (tx: Tx) => Promise<void>;
      async function ripe(reader: PeachReader) { return reader.byIds([]); }
      export class PeachService {
        constructor(
          private readonly database: Database,
          private readonly reader: PeachReader,
          private readonly readers: readonly PeachReader[],
          private readonly sms: Sms,
        ) {}
        private locked(work: Work) { return this.database.transaction((tx) => work(tx)); }
        ${methods}
      }`,
    ),
  ];
}

it('whoever holds a transaction asks nothing beside it, and no network', () => {
  const questions = new Questions(OURS);

  expect(questions.found()).toEqual([]);
  expect(questions.followed).toBeGreaterThan(10_000);
});

it.each([
  [
    'the database itself',
    'act() { return this.database.transaction(async () => this.database.query("SELECT 1")); }',
  ],
  ['entities', 'act(tx: Tx) { return this.database.dataSource.manager.find(Peach); }'],
  ['a reader that was not handed the transaction', 'act(tx: Tx) { return this.reader.byIds([]); }'],
  ['a reader of entities', 'act(tx: Tx) { return this.reader.entity(); }'],
  ['a reader that was handed the pool', 'act(tx: Tx) { return this.reader.byIds([], this.database); }'],
  ['on either', 'act(tx: Tx) { const on = this.isLoose ? tx : this.database; return on.query("x"); }'],
  [
    'what hands on nothing',
    'act(tx: Tx) { return this.on(); } on(on?: Pick<Tx, "query">) { return this.reader.byIds([], on); }',
  ],
  ['a method between', 'act(tx: Tx) { return this.between(); } between() { return this.reader.byIds([]); }'],
  ['a function between', 'act(tx: Tx) { return ripe(this.reader); }'],
  ['one of several', 'async act(tx: Tx) { for (const one of this.readers) await one.byIds([]); }'],
  [
    'work that does not name its tx',
    'act() { return this.locked(async () => { await this.reader.byIds([]); }); }',
  ],
  [
    'a function kept outside',
    'act() { const again = () => this.reader.byIds([]); return this.locked(() => again()); }',
  ],
  [
    'a method that is mentioned',
    'act(tx: Tx) { return [[""]].map(this.between); } between = () => this.reader.byIds([]);',
  ],
  ['what an heir does instead', 'act(tx: Tx) { return this.sms.send(); }'],
  [
    'a transaction within',
    'act(tx: Tx) { return this.between(); } between() { return this.database.write("x"); }',
  ],
])('is really checked: %s', (_, methods) => {
  expect(new Questions(treeWith(methods)).found()).not.toEqual([]);
});

it.each([
  ['within the transaction', 'act(tx: Tx) { return this.reader.byIds([], tx); }'],
  [
    'before it',
    'async act() { await this.reader.byIds([]); return this.locked(async (tx) => { await tx.query("x"); }); }',
  ],
  [
    'on whatever is handed on',
    'act(tx: Tx) { return this.on(tx); } on(on: Pick<Tx, "query">) { return this.reader.byIds([], on); }',
  ],
])('lets ask %s', (_, methods) => {
  expect(new Questions(treeWith(methods)).found()).toEqual([]);
});
