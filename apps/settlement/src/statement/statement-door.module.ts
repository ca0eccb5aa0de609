import { Module } from '@nestjs/common';
import { StatementModule } from '#libs/statement';
import { StatementFieldResolver, StatementRevisionResolver } from './statement-field.resolver.js';
import { StatementController } from './statement.controller.js';
import { StatementResolver } from './statement.resolver.js';

@Module({
  imports: [StatementModule],
  controllers: [StatementController],
  providers: [StatementFieldResolver, StatementResolver, StatementRevisionResolver],
})
export class StatementDoorModule {}
