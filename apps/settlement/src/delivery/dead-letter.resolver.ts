import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { InvalidInputError, isId } from '#libs/kernel';
import { Allow } from '#platform/auth';
import { type DeadLetter, DeadLetterService } from '#platform/outbox';

const NO_EVENT_ID = { zh: '不是事件编号', en: 'This is not the id of a fact.' };

@Resolver('DeadLetter')
export class DeadLetterResolver {
  constructor(private readonly letters: DeadLetterService) {}

  @Query()
  @Allow('DELIVERY_READ')
  deadLetters(): Promise<DeadLetter[]> {
    return this.letters.list();
  }

  @Mutation()
  @Allow('DELIVERIES')
  async deadLetterReplay(@Args('eventId') eventId: string | null = null) {
    if (eventId !== null && !isId('evt', eventId))
      return new InvalidInputError([{ path: 'eventId', message: NO_EVENT_ID }]);
    return { replayed: await this.letters.replay(eventId) };
  }
}
