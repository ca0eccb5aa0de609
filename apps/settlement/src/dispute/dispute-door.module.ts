import { Module } from '@nestjs/common';
import { PaymentModule } from '#libs/payment';
import { DisputeResolver } from './dispute.resolver.js';

@Module({ imports: [PaymentModule], providers: [DisputeResolver] })
export class DisputeDoorModule {}
