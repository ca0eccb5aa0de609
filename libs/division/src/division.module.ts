import { Module } from '@nestjs/common';
import { DivisionReader } from './division.reader.js';

@Module({ providers: [DivisionReader], exports: [DivisionReader] })
export class DivisionModule {}
