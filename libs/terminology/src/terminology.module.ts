import { Module } from '@nestjs/common';
import { TermReader } from './term.reader.js';

@Module({ providers: [TermReader], exports: [TermReader] })
export class TerminologyModule {}
