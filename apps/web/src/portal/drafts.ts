import { useEffect, useState } from 'react';
import type { Client } from 'urql';
import { freshKey } from '../shared/draft.js';

/** What is typed on this phone, kept with every letter until it is handed in. `About` says of what, and never changes. */
export interface Draft<Form, About> {
  /** One's own name for the first save. */
  readonly key: string;
  readonly merchantId: string;
  readonly about: About;
  /** Null until the first save was answered. */
  readonly id: string | null;
  /** What this phone has seen of it. */
  readonly revision: number;
  readonly form: Form;
  /** What was typed since the last save that was answered. */
  readonly isDirty: boolean;
  /**
   * A save whose answer has not come: it goes again as it was, because the service knows a save that comes twice by its content, and tells everything else apart as another phone's.
   */
  readonly sent: string | null;
}

/** What became of the last try. */
export type Outcome =
  | { readonly kind: 'SAVED' | 'LOST' | 'CHANGED' | 'DECIDED' }
  | { readonly kind: 'OPEN'; readonly id: string | null }
  | { readonly kind: 'REFUSED'; readonly message: string };

type Answer = Outcome | { readonly kind: 'KEPT'; readonly id: string; readonly revision: number };

/** What lies at the service. */
interface Kept {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
}

/** How one kind of matter is typed, read and saved. */
export interface Matter<Form, About, Thing extends Kept> {
  /** Of its drafts on the phone. */
  readonly prefix: string;
  /** What the typing says, as it travels; the same typing is the same text. */
  readonly contentOf: (form: Form) => unknown;
  readonly formOf: (thing: Thing) => Form;
  readonly aboutOf: (thing: Thing) => About;
  /** One save; `content` is what `contentOf` has made. LOST where nobody answered. */
  readonly save: (client: Client, draft: Draft<Form, About>, content: unknown) => Promise<Answer>;
}

const heard = new Set<() => void>();
const tell = () => {
  for (const hear of heard) hear();
};

/** Looks again whenever something on this phone was kept or dropped. */
export function useHeard(): void {
  const [, look] = useState(0);
  useEffect(() => {
    const hear = () => look((count) => count + 1);
    heard.add(hear);
    return () => void heard.delete(hear);
  }, []);
}

/** Whether it can still be typed on. */
export const isTyped = ({ state }: Pick<Kept, 'state'>): boolean => state === 'DRAFT' || state === 'RETURNED';

/** Drafts of one kind of matter, on this phone and at the service. */
export class Drafts<Form, About, Thing extends Kept> {
  readonly #underWay = new Map<string, Promise<Outcome>>();

  constructor(readonly matter: Matter<Form, About, Thing>) {}

  #read(key: string): Draft<Form, About> | null {
    try {
      const draft = JSON.parse(localStorage.getItem(this.matter.prefix + key) ?? 'null') as Draft<
        Form,
        About
      > | null;
      return draft?.about === undefined ? null : draft;
    } catch {
      return null; // Written by another build, or by somebody else.
    }
  }

  of(merchantId: string): readonly Draft<Form, About>[] {
    const { prefix } = this.matter;
    const keys = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
    const drafts = keys.map((name) => this.#read(name.slice(prefix.length)));
    return drafts.filter((draft): draft is Draft<Form, About> => draft?.merchantId === merchantId);
  }

  /** By its own name, or by that of what it has become. */
  find(merchantId: string, name: string): Draft<Form, About> | null {
    return this.of(merchantId).find(({ key, id }) => key === name || id === name) ?? null;
  }

  keep(draft: Draft<Form, About>): void {
    localStorage.setItem(this.matter.prefix + draft.key, JSON.stringify(draft));
    tell();
  }

  drop(key: string): void {
    localStorage.removeItem(this.matter.prefix + key);
    tell();
  }

  begin(merchantId: string, about: About, form: Form): Draft<Form, About> {
    const key = freshKey();
    const draft = { key, merchantId, about, id: null, revision: 0, form, isDirty: false, sent: null };
    this.keep(draft);
    return draft;
  }

  /** What lies at the service, for this phone to go on with. */
  #theirs(merchantId: string, key: string, thing: Thing): Draft<Form, About> {
    const { aboutOf, formOf } = this.matter;
    const { id, revision } = thing;
    return {
      key,
      merchantId,
      about: aboutOf(thing),
      id,
      revision,
      form: formOf(thing),
      isDirty: false,
      sent: null,
    };
  }

  #text(form: Form): string {
    return JSON.stringify(this.matter.contentOf(form));
  }

  /** What this phone has and what the service has become one; true where both were typed on and somebody has to choose. */
  meet(merchantId: string, thing: Thing): boolean {
    const draft = this.find(merchantId, thing.id);
    if (!draft) {
      if (isTyped(thing)) this.keep(this.#theirs(merchantId, thing.id, thing));
      return false;
    }
    if (!isTyped(thing)) {
      // What was typed meanwhile is kept: it may be sent back, and is asked about then.
      if (!draft.isDirty) this.drop(draft.key);
      return false;
    }
    if (thing.revision <= draft.revision) return false;
    const there = this.#text(this.matter.formOf(thing));
    if (!draft.isDirty || there === this.#text(draft.form)) {
      const form = there === this.#text(draft.form) ? draft.form : this.matter.formOf(thing);
      this.keep({ ...this.#theirs(merchantId, draft.key, thing), form });
      return false;
    }
    if (there !== draft.sent) return true;
    this.keep({ ...draft, revision: thing.revision, sent: null });
    return false;
  }

  takeTheirs(draft: Draft<Form, About>, thing: Thing): void {
    this.keep(this.#theirs(draft.merchantId, draft.key, thing));
  }

  /** What was changed beside the typing, by this phone: it has seen that as well. */
  moved({ merchantId, key }: Draft<Form, About>, revision: number): void {
    const now = this.find(merchantId, key);
    if (now?.revision === revision - 1) this.keep({ ...now, revision });
  }

  /** What was typed here goes over what is there, which somebody has looked at now. */
  takeOurs(draft: Draft<Form, About>, { revision }: Kept): void {
    this.keep({ ...draft, revision, isDirty: true, sent: null });
  }

  /** Something was typed: on what is there now, whatever a save has changed meanwhile. */
  type(draft: Draft<Form, About>, changes: Partial<Form>): void {
    const now = this.find(draft.merchantId, draft.key) ?? draft;
    this.keep({ ...now, form: { ...now.form, ...changes }, isDirty: true });
  }

  isUnderWay(key: string): boolean {
    return this.#underWay.has(key);
  }

  /** Brings what was typed to the service, once at a time for each: whoever asks while a save is under way hears what becomes of that one. */
  send(client: Client, key: string): Promise<Outcome> {
    const draft = this.#read(key);
    if (!draft?.isDirty) return Promise.resolve({ kind: 'SAVED' });
    const underWay = this.#underWay.get(key);
    if (underWay) return underWay;
    const sending = this.#save(client, key, draft).finally(() => {
      this.#underWay.delete(key);
      tell();
    });
    this.#underWay.set(key, sending);
    return sending;
  }

  async #save(client: Client, key: string, draft: Draft<Form, About>): Promise<Outcome> {
    const text = draft.sent ?? this.#text(draft.form);
    this.keep({ ...draft, sent: text });
    const answer = await this.matter.save(client, draft, JSON.parse(text));
    const now = this.#read(key);
    if (!now) return { kind: 'SAVED' }; // Thrown away meanwhile.
    if (answer.kind === 'KEPT') {
      const { id, revision } = answer;
      this.keep({ ...now, id, revision, sent: null, isDirty: this.#text(now.form) !== text });
      return { kind: 'SAVED' };
    }
    // Mended, it is another save.
    if (answer.kind === 'REFUSED') this.keep({ ...now, sent: null });
    return answer;
  }
}
