import { Injectable } from '@nestjs/common';
import { SmsGateway, UserReader, type UserRow, localeOf } from '#libs/identity';
import { Clock, businessDay } from '#libs/kernel';
import { Database } from '#platform/database';
import { Log } from '#platform/log';
import { ReminderRepository, type ReminderToSend } from './reminder.repository.js';
import { nextTryAt, reminderStageOf } from './reminder.rules.js';

type Reached = Pick<UserRow, 'phone' | 'locale'>;

/** Tells whoever placed an order that it has to be paid. A reminder is written once and then sent, however many clocks run. */
@Injectable()
export class ReminderService {
  constructor(
    private readonly database: Database,
    private readonly reminders: ReminderRepository,
    private readonly users: UserReader,
    private readonly sms: SmsGateway,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** One bounded round; returns how many it wrote and took up. */
  async remindDue(limit: number): Promise<number> {
    const written = await this.write(limit);
    const taken = await this.take(limit);
    const phones = taken.length === 0 ? [] : await this.users.phonesOf(taken.map(({ buyerId }) => buyerId));
    const personOf = new Map(phones.map((person) => [person.id as string, person]));
    for (const reminder of taken) await this.send(reminder, personOf.get(reminder.buyerId));
    return written + taken.length;
  }

  private write(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const today = businessDay(now);
      const due = await this.reminders.unreminded(tx, today, limit);
      const rows = due.flatMap(({ orderId, dueOn, openFen }) => {
        const stage = reminderStageOf(dueOn, today);
        return stage ? [{ orderId, stage, openFen }] : [];
      });
      await this.reminders.insert(tx, rows, now);
      return rows.length;
    });
  }

  /** What has been paid meanwhile is not reminded of. */
  private take(limit: number): Promise<ReminderToSend[]> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const due = await this.reminders.lockToSend(tx, now, limit);
      for (const reminder of due) {
        const attempts = reminder.attempts + 1;
        const at = reminder.openFen === 0n ? null : nextTryAt(attempts, now);
        await this.reminders.putOff(tx, reminder, { attempts, at });
      }
      return due.filter(({ openFen }) => openFen > 0n);
    });
  }

  private async send(reminder: ReminderToSend, person: Reached | undefined): Promise<void> {
    const { orderId, stage, dueOn, openFen } = reminder;
    if (person === undefined) return;
    const { phone, locale } = person;
    try {
      await this.sms.sendPaymentReminder(
        phone,
        { orderId, stage, dueOn, openFen },
        localeOf(locale) ?? 'zh-CN',
      );
    } catch (error) {
      // The gateway has not taken it: it is due again already, and one that fails must not keep the others.
      this.log.fault(error, 'a reminder could not be sent', { orderId, stage });
      return;
    }
    await this.database.transaction((tx) => this.reminders.markSent(tx, reminder, this.clock.now()));
  }
}
