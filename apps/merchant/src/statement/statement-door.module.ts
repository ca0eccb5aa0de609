import { Module } from '@nestjs/common';
import { StatementModule } from '#libs/statement';
import {
  StatementAmountsResolver,
  StatementFieldResolver,
  StatementFileResolver,
  StatementLineResolver,
  StatementRevisionResolver,
} from './statement-field.resolver.js';
import { StatementController } from './statement.controller.js';
import { StatementResolver } from './statement.resolver.js';

@Module({
  imports: [StatementModule],
  controllers: [StatementController],
  providers: [
    StatementAmountsResolver,
    StatementFieldResolver,
    StatementFileResolver,
    StatementLineResolver,
    StatementResolver,
    StatementRevisionResolver,
  ],
})
export class StatementDoorModule {}
