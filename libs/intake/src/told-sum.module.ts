import { Module } from '@nestjs/common';
import { ToldSumReader } from './told-sum.reader.js';

/** Apart from intake, so that whoever only reads its sums brings none of its services along. */
@Module({ providers: [ToldSumReader], exports: [ToldSumReader] })
export class ToldSumModule {}
