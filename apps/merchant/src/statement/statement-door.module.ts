import { Module } from '@nestjs/common';
import { PayoutModule } from '#libs/settlement';
import { StatementModule } from '#libs/statement';
import { StatementFieldResolver, StatementRevisionFieldResolver } from '#libs/statement/fields';
import { StatementController } from './statement.controller.js';
import { StatementResolver } from './statement.resolver.js';

@Module({
  imports: [PayoutModule, StatementModule],
  controllers: [StatementController],
  providers: [StatementFieldResolver, StatementResolver, StatementRevisionFieldResolver],
})
export class StatementDoorModule {}
