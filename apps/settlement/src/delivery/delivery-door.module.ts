import { Module } from '@nestjs/common';
import { DeadLetterResolver } from './dead-letter.resolver.js';

@Module({ providers: [DeadLetterResolver] })
export class DeliveryDoorModule {}
