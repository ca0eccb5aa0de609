import { Injectable } from '@nestjs/common';
import type { Fen } from '#libs/kernel';
import {
  type MovementPage,
  type MovementQuestion,
  ProviderBalanceGateway,
} from './provider-balance.gateway.js';

/** What the provider says has moved our balance, for whoever compares it with the books. Null while it does not answer. */
@Injectable()
export class ProviderBalanceService {
  constructor(private readonly gateway: ProviderBalanceGateway) {}

  async movements(question: MovementQuestion): Promise<MovementPage | null> {
    const told = await this.gateway.movements(question);
    return told.kind === 'succeeded' ? told.value : null;
  }

  async balanceFen(): Promise<Fen | null> {
    const told = await this.gateway.balanceFen();
    return told.kind === 'succeeded' ? told.value : null;
  }
}
