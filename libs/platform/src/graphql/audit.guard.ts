import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ALLOWED, AUDITED, type AuditedReading, type Permission, divisionsOf, may } from '#platform/auth';
import type { GraphqlContext } from './context.js';

/** Somebody is about to see something. */
export interface SeenNote {
  readonly actorId: string;
  readonly act: string;
  readonly subject: string;
  /** Where they may look. */
  readonly scope: readonly string[] | 'ALL';
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Who keeps the audit log; the platform only knows that somebody does. */
export abstract class AuditTrail {
  /** All in one statement. */
  abstract seen(notes: readonly SeenNote[]): Promise<void>;
}

/** Arguments are for finding out later what was asked; longer ones are nothing that anybody reads. */
const ARGUMENTS_LENGTH_MAX = 4_000;
const SUBJECT_LENGTH_MAX = 80;

function detailOf(args: Readonly<Record<string, unknown>>): SeenNote['detail'] {
  const text = JSON.stringify(args, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  if (text.length > ARGUMENTS_LENGTH_MAX) return { arguments: text.slice(0, ARGUMENTS_LENGTH_MAX) };
  return JSON.parse(text) as SeenNote['detail'];
}

/** As the log keeps it: visible ASCII. */
function subjectOf(args: Readonly<Record<string, unknown>>, { act, subject }: AuditedReading): string {
  const named = subject === null ? undefined : args[subject];
  const text = typeof named === 'string' && /^[\x21-\x7e]+$/.test(named) ? named : act;
  return text.slice(0, SUBJECT_LENGTH_MAX);
}

/**
 * Writes down who looks, before they see: an entry that cannot be written shows nothing. The fields of one document are written together, and
 * what it asks for twice is one entry.
 */
@Injectable()
export class AuditGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly trail: AuditTrail,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const reading = this.reflector.get<AuditedReading | undefined>(AUDITED, execution.getHandler());
    if (reading?.by !== 'DOOR') return true;
    const permission = this.reflector.get<Permission | undefined>(ALLOWED, execution.getHandler());
    const { actor, loaders } = execution.getArgByIndex<GraphqlContext>(2);
    // Who may not, is refused by the other guard and sees nothing.
    if (!actor || permission === undefined || !may(actor, permission)) return true;
    const args = execution.getArgByIndex<Readonly<Record<string, unknown>>>(1);
    const note: SeenNote = {
      actorId: actor.userId,
      act: reading.act,
      subject: subjectOf(args, reading),
      scope: divisionsOf(actor, permission),
      detail: detailOf(args),
    };
    const { trail } = this;
    const written = loaders.byId<string>(
      AuditGuard,
      async (texts) => {
        await trail.seen(texts.map((text) => JSON.parse(text) as SeenNote));
        return texts;
      },
      (text) => text,
    );
    await written.load(JSON.stringify(note));
    return true;
  }
}
