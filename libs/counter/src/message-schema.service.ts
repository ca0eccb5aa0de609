import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { DropReason } from './message.entity.js';
import { VERSIONS } from './topic.rules.js';

/** A vend of fifty items in words takes half of it. */
export const PAYLOAD_BYTES_MAX = 8_192;

const INT_MAX = 2_147_483_647;
const count = (max: number) => z.int().min(0).max(max);
const slot = z.string().regex(/^[A-Z0-9-]{1,8}$/);
const token = z.string().regex(/^[A-Za-z0-9._:-]{1,40}$/);
const span = z.object({ fromSeq: z.int().min(1).max(INT_MAX), toSeq: z.int().min(1).max(INT_MAX) });

/** What every message carries. What a later firmware adds beside it is passed over. */
const envelope = {
  v: z.literal(1).describe('Version of the protocol.'),
  bootId: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,40}$/)
    .describe('Made anew at each start, by chance.'),
  bootNo: z.int().min(1).max(INT_MAX).describe('How many starts there have been since it was installed.'),
  seq: z
    .int()
    .min(0)
    .max(INT_MAX)
    .describe(
      'From 1 at each start, one more for each message. A heartbeat takes no number: it says the last one taken.',
    ),
  at: z.iso.datetime({ offset: true }).describe('When it happened, by its own clock, wrong as that may be.'),
  up: z
    .int()
    .min(0)
    .describe('When it happened, in milliseconds since its start, by a clock that nobody sets.'),
};

/** Less than nothing where a tray was lifted, or has drifted. */
const grams = z.int().min(-100_000).max(1_000_000);

const DELIVERIES = ['FINISHED', 'FAILED', 'CANNOT_START'] as const;

const data = {
  boot: z.object({
    firmware: token,
    config: token,
    reason: z.enum(['POWER_ON', 'WATCHDOG', 'COMMAND', 'UPDATE', 'UNKNOWN']),
  }),
  heartbeat: z.object({ freeKb: count(INT_MAX).optional() }),
  telemetry: z.object({
    deciCelsius: z
      .int()
      .min(-500)
      .max(1_000)
      .nullable()
      .describe('Tenths of a degree; null without a thermometer.'),
    isDoorOpen: z.boolean(),
    isMainsOn: z.boolean(),
    signalDbm: z.int().min(-150).max(0).nullable().describe('Null on a cable.'),
  }),
  vend: z.object({
    vendId: token.describe('Its own name for this vend; the same in everything about it.'),
    commandId: token.nullable().describe('The command that asked for it; null for a vend nobody asked for.'),
    items: z
      .array(
        z.object({
          slot,
          delivery: z.enum(DELIVERIES),
          units: count(1_000),
          grams: count(100_000).nullable(),
          fen: count(100_000_000).describe('What all of it costs.'),
        }),
      )
      .min(1)
      .max(50),
    isTest: z.boolean().describe('A test vend is no sale.'),
    isInMaintenance: z.boolean().describe('What goes out while the door is open for maintenance is no sale.'),
    vendorCode: token.nullable().describe('A code of EVA-DTS, where the maker has one.'),
  }),
  stock: z.object({
    slots: z.array(z.object({ slot, units: count(1_000), grams: count(1_000_000).nullable() })).max(200),
  }),
  door: z.object({
    isOpen: z.boolean(),
    reason: z.enum(['SALE', 'MAINTENANCE', 'FORCED', 'UNKNOWN']),
  }),
  alarm: z.object({
    code: z.enum([
      'DOOR_OPEN_LONG',
      'TEMPERATURE',
      'POWER_LOST',
      'TRAY_DRIFT',
      'SLOT_EMPTY',
      'JAM',
      'TAMPER',
      'PAYMENT_DEVICE',
      'OTHER',
    ]),
    isActive: z.boolean(),
    slot: slot.nullable(),
    detail: z.string().max(200),
    vendorCode: token.nullable(),
  }),
  snapshot: z.object({
    soldUnits: count(INT_MAX).describe('Since it was installed, test vends and maintenance left out.'),
    soldFen: z.int().min(0).describe('Likewise.'),
  }),
  reply: z.object({
    commandId: token,
    outcome: z.enum(['DONE', 'FAILED', 'EXPIRED', 'UNSUPPORTED']),
    detail: z.string().max(200),
    log: z.string().max(6_000).optional().describe('Asked for its log: the end of it.'),
    gone: z.array(span).max(100).optional().describe('Asked to send again: what it no longer has.'),
  }),
  weighing: z.object({
    commandId: token.describe('The OPEN_DOOR that has opened it.'),
    trays: z
      .array(
        z.object({
          slot,
          beforeG: grams.describe('Before the door was unlocked.'),
          afterG: grams.describe('After it was shut, once it had settled.'),
          isSettled: z.boolean().describe('Whether it has come to rest in time; ten seconds.'),
        }),
      )
      .min(1)
      .max(80)
      .describe('All of them, also those from which nothing was taken.'),
    photos: z
      .array(z.string().regex(/^[A-Za-z0-9._:/-]{1,120}$/))
      .max(8)
      .optional()
      .describe('Where its maker keeps what the cameras saw, if it has any.'),
  }),
};

const messages = {
  boot: z.object({ ...envelope, data: data.boot }),
  heartbeat: z.object({ ...envelope, data: data.heartbeat }),
  telemetry: z.object({ ...envelope, data: data.telemetry }),
  vend: z.object({ ...envelope, data: data.vend }),
  stock: z.object({ ...envelope, data: data.stock }),
  door: z.object({ ...envelope, data: data.door }),
  alarm: z.object({ ...envelope, data: data.alarm }),
  snapshot: z.object({ ...envelope, data: data.snapshot }),
  reply: z.object({ ...envelope, data: data.reply }),
  weighing: z.object({ ...envelope, data: data.weighing }),
};

export type UplinkKind = keyof typeof messages;
export type UplinkOf<K extends UplinkKind> = { readonly kind: K } & z.infer<(typeof messages)[K]>;
export type UplinkMessage = { [K in UplinkKind]: UplinkOf<K> }[UplinkKind];
export type Vend = UplinkOf<'vend'>['data'];
export type Weighing = UplinkOf<'weighing'>['data'];

export type Read =
  | { readonly as: 'MESSAGE'; readonly message: UplinkMessage }
  | { readonly as: 'UNKNOWN_VERSION'; readonly version: number }
  | { readonly as: 'MALFORMED'; readonly reason: DropReason; readonly detail: string };

const down = {
  command: z.object({
    v: z.literal(1),
    commandId: token,
    kind: z
      .enum([
        'RESEND',
        'SNAPSHOT',
        'DELIVER',
        'OPEN_DOOR',
        'OPEN_CELL',
        'REBOOT',
        'TEMPERATURE_SET',
        'SERVICE_DOOR_OPEN',
        'LOCK',
        'UNLOCK',
        'LOGS_PULL',
        'FIRMWARE_UPDATE',
        'CONFIG_UPDATE',
      ])
      .describe('What it does not know it answers with UNSUPPORTED.'),
    expiresAt: z.iso
      .datetime()
      .describe('By the clock of `time`; what comes later is not done, and answered with EXPIRED.'),
    data: z.union([
      z.object({ bootId: z.string(), ...span.shape }).describe('RESEND: these numbers of this boot.'),
      z
        .object({ slot, units: z.int().min(1).max(1_000), fen: count(100_000_000) })
        .describe('DELIVER: so many out of this slot; the vend that follows names this command.'),
      z.object({ slot }).describe('OPEN_CELL: this one.'),
      z
        .object({ deciCelsius: z.int().min(-300).max(300) })
        .describe('TEMPERATURE_SET: what it is to cool down to.'),
      z
        .object({
          version: token,
          digest: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .optional()
            .describe(
              'SHA-256 of what it is to have; where that is something else, FAILED and nothing changes.',
            ),
          content: z.string().max(2_000).optional().describe('CONFIG_UPDATE: the settings, a JSON object.'),
          url: z.string().max(300).optional().describe('FIRMWARE_UPDATE: where it lies.'),
        })
        .describe('FIRMWARE_UPDATE, CONFIG_UPDATE: to have this one, and say so in the boot that follows.'),
      z.object({}).describe('SNAPSHOT: the totals as they are now. So every other.'),
    ]),
  }),
  qr: z.object({
    v: z.literal(1),
    code: z
      .string()
      .max(120)
      .describe('What `link` carries, for machines that put it into a link of their own.'),
    link: z
      .url()
      .max(300)
      .describe(
        'Shown as a QR code, so that any phone opens the shop by it; taken off the screen when it is over.',
      ),
    expiresAt: z.iso.datetime().describe('By the clock of `time`; another one comes long before.'),
  }),
  time: z.object({ v: z.literal(1), now: z.iso.datetime().describe('Said whenever it begins to listen.') }),
};

function isKind(kind: string): kind is UplinkKind {
  return Object.hasOwn(messages, kind);
}

function malformed(reason: DropReason, detail: string): Read {
  return { as: 'MALFORMED', reason, detail: detail.slice(0, 200) };
}

/** The words of the protocol: what is understood is taken apart here and nowhere else. */
@Injectable()
export class MessageSchemaService {
  read(version: number, kind: string, payload: Buffer): Read {
    if (payload.length > PAYLOAD_BYTES_MAX)
      return malformed('TOO_LARGE', `${payload.length} bytes; at most ${PAYLOAD_BYTES_MAX}`);
    if (!VERSIONS.includes(version)) return { as: 'UNKNOWN_VERSION', version };
    let value: unknown;
    try {
      value = JSON.parse(payload.toString('utf8'));
    } catch (error) {
      return malformed('NOT_JSON', error instanceof Error ? error.message : ''); // Whatever it is, its maker has to read why.
    }
    const said = z.object({ v: z.int().min(1).max(9_999) }).safeParse(value);
    if (said.success && !VERSIONS.includes(said.data.v))
      return { as: 'UNKNOWN_VERSION', version: said.data.v };
    if (!isKind(kind)) return malformed('UNKNOWN_KIND', kind);
    return this.readKind(kind, value);
  }

  private readKind<K extends UplinkKind>(kind: K, value: unknown): Read {
    const parsed = messages[kind].safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return malformed('WRONG_SHAPE', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    }
    const message = { kind, ...parsed.data } as UplinkMessage;
    if (message.kind !== 'heartbeat' && message.seq === 0)
      return malformed('WRONG_SHAPE', 'seq: only a heartbeat may say 0');
    return { as: 'MESSAGE', message };
  }
}

/** As JSON Schema, for whoever builds a cabinet: printed to docs/counter-protocol.v1.schema.json. */
export function protocolSchema(): Readonly<Record<string, unknown>> {
  const printed = (schemas: Readonly<Record<string, z.ZodType>>) =>
    Object.fromEntries(
      Object.entries(schemas).map(([kind, schema]) => {
        const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
        return [kind, rest];
      }),
    );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Taoyuan counter protocol, version 1',
    description:
      'up: v1/counter/<cabinet>/up/<kind>; down: v1/counter/<cabinet>/down/<kind>. See docs/counter-protocol.md.',
    $defs: { up: { $defs: printed(messages) }, down: { $defs: printed(down) } },
  };
}
