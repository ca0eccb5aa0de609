import { Injectable } from '@nestjs/common';
import { Clock, InvalidInputError, newId } from '#libs/kernel';
import { Database, RetryTransaction, type Tx, isDuplicate } from '#platform/database';
import { normalisePhone } from './phone.rules.js';
import { phoneMalformed } from './sign-in.rules.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

@Injectable()
export class UserService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly clock: Clock,
  ) {}

  /** The person of that phone, who is made known if they are new; an existing name stays. */
  async register(input: { phone: string; displayName: string }): Promise<User | InvalidInputError> {
    const phone = normalisePhone(input.phone);
    if (phone === null) return phoneMalformed();
    return this.database.transaction((tx) => this.ensure(tx, phone, input.displayName));
  }

  /** Whether the person still has that phone; locked until the caller's transaction ends. */
  async known(tx: Tx, id: User['id'], phone: string): Promise<boolean> {
    const user = await this.users.lock(tx, id);
    return user?.phone === phone;
  }

  /** `phone` is normalised. Without a name they get one that tells nothing about them. */
  async ensure(tx: Tx, phone: string, displayName?: string): Promise<User> {
    // Locked, so that whoever is being forgotten at this moment is not signed in: afterwards the phone is somebody new's.
    const known = await this.users.lockByPhone(tx, phone);
    if (known) return known;

    const id = newId('usr');
    const user: User = {
      id,
      phone,
      displayName: displayName ?? `桃友${id.slice(-6)}`,
      passwordHash: null,
      locale: null,
      isElderMode: false,
      createdAt: this.clock.now(),
      deletedAt: null,
    };
    try {
      await this.users.insert(tx, user);
      return user;
    } catch (error) {
      // Somebody made the same person known in between: again from BEGIN, where they are found.
      if (isDuplicate(error)) throw new RetryTransaction();
      throw error;
    }
  }
}
