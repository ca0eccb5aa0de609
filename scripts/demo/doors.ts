import { type IdOf, newId, present } from '#libs/kernel';
import { AccessTokens, type Grant } from '#platform/auth';
import { type CsvRow, parseCsv } from '../data/csv.js';
import { readDataFile } from '../seed/table-load.js';

export type Door = 'storefront' | 'merchant' | 'settlement';

/** A domain refusal, or what a mutation has made. */
type Answer = Readonly<Record<string, unknown>> & { readonly code?: string; readonly message?: string };

/** Somebody of the demonstration, by the number they sign in with. */
export interface Player {
  readonly userId: IdOf<'usr'>;
  readonly displayName: string;
  readonly phone: string;
  readonly token: string;
}

const WAIT_MS = 100;
/** A payment's webhook and its facts take a moment; on a machine that is busy with something else, some more. */
const WAITS_MAX = 600;

/** The services as a client sees them. Whoever plays carries a token of their own: signing in by code would use up the codes of those who come to look. */
export class Doors {
  private readonly people: ReadonlyMap<string, Omit<Player, 'token'>>;
  private readonly memberships: readonly CsvRow[];

  constructor(
    private readonly urls: Readonly<Record<Door, string>>,
    private readonly tokens: Pick<AccessTokens, 'sign'>,
  ) {
    this.people = new Map(
      parseCsv(readDataFile('people.csv')).map(({ id = '', phone = '', displayName = '' }) => [
        phone,
        { userId: id as IdOf<'usr'>, displayName, phone },
      ]),
    );
    this.memberships = parseCsv(readDataFile('memberships.csv'));
  }

  player(phone: string): Player {
    const person = present(this.people.get(phone), phone);
    const grants = this.memberships
      .filter(({ userId }) => userId === person.userId)
      .map(({ role, scopeKind, scopeId }) => ({ role, scopeKind, scopeId }) as Grant);
    const actor = { userId: person.userId, sessionId: newId('ses'), grants };
    return { ...person, token: this.tokens.sign(actor) };
  }

  /** The value of the one root field; throws what was refused, unless it is one of `known`, which is null. */
  async ask<T>(
    door: Door,
    { token, displayName }: Player,
    query: string,
    variables: object,
    known: readonly string[] = [],
  ): Promise<T | null> {
    const response = await fetch(`${this.urls[door]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as {
      data?: Record<string, Answer>;
      errors?: { message: string }[];
    };
    const [answer] = Object.values(data ?? {});
    if (errors || answer === undefined)
      throw new Error(`${door}, ${displayName}: ${errors?.[0]?.message ?? response.status}\n${query}`);
    if (answer.code === undefined) return answer as T;
    if (known.includes(answer.code)) return null;
    throw new Error(`${door}, ${displayName}: ${answer.code} ${answer.message}\n${query}`);
  }

  async photo({ token }: Player, bytes: Buffer): Promise<string> {
    const response = await fetch(`${this.urls.storefront}/photos`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
      body: new Uint8Array(bytes),
    });
    const { id } = (await response.json()) as { id?: string };
    return present(id, `a photo, and no answer with ${response.status}`);
  }

  /** A scanned paper. */
  async file({ token }: Player, bytes: Buffer, name: string): Promise<string> {
    const response = await fetch(`${this.urls.merchant}/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
      body: new Uint8Array(bytes),
    });
    const { id } = (await response.json()) as { id?: string };
    return present(id, `a file, and no answer with ${response.status}`);
  }

  /** A list of orders for a unit; the same one again is the same. */
  async list({ token }: Player, unitId: string, rows: readonly (readonly string[])[]): Promise<void> {
    const fileName = encodeURIComponent('教师节慰问.csv');
    const response = await fetch(
      `${this.urls.storefront}/bulk-orders?unitId=${unitId}&fileName=${fileName}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
        body: rows.map((row) => row.join(',')).join('\n'),
      },
    );
    const { id } = (await response.json()) as { id?: string };
    present(id, `a list, and no answer with ${response.status}`);
  }

  /** What was sold at an operator's tills in a month; the same table again is the same file. */
  async sold(
    { token }: Player,
    operatorId: string,
    month: string,
    name: string,
    rows: readonly (readonly string[])[],
  ): Promise<string> {
    const query = new URLSearchParams({ operatorId, month, fileName: name });
    const response = await fetch(`${this.urls.merchant}/sell-throughs?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
      body: rows.map((row) => row.join(',')).join('\n'),
    });
    const { id, message } = (await response.json()) as { id?: string; message?: string };
    return present(id, `a table, and no answer with ${response.status} ${message}`);
  }

  /** What the buyer does on the page of the sandbox: presses 确认付款. One that is paid already says so, and that is as well. */
  async pay(pageUrl: string): Promise<void> {
    await fetch(`${pageUrl}/pay`, { method: 'POST', redirect: 'manual', body: new URLSearchParams() });
  }

  async until<T>(what: string, look: () => Promise<T | null | false>): Promise<T> {
    for (let waits = 0; waits < WAITS_MAX; waits += 1) {
      const seen = await look();
      if (seen !== null && seen !== false) return seen;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
    throw new Error(`Waited in vain: ${what}`);
  }
}
