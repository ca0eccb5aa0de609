import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { SplitRuleReader } from './split-rule.reader.js';
import { type RuleScope, inForce, scopesOf } from './split-scope.rules.js';
import type { LineRules } from './split.rules.js';

/** Which rules decide. Sales and previews ask here, so that a preview is what a sale would be. */
@Injectable()
export class RuleBook {
  constructor(private readonly rules: SplitRuleReader) {}

  /** The rules of these scopes at that moment, in two statements however many scopes and rules there are. Throws for a scope without any. */
  async of<Scope extends RuleScope>(
    scopes: readonly Scope[],
    at: Date,
    on?: Pick<Tx, 'query'>,
  ): Promise<(scope: RuleScope) => LineRules> {
    const keys = keysOf(scopes);
    const splits = await this.rules.published(keys, at, on);
    const contributions = await this.rules.publishedContributions(keys, at, on);
    return (scope) => {
      const found = scopesOf(scope);
      return {
        split: present(inForce(splits, found, at), `a split rule for ${found[0]}`),
        contribution: inForce(contributions, found, at),
      };
    };
  }

  /** How these scopes are split at that moment; nothing of contributions. One statement. */
  async splitsOf(scopes: readonly RuleScope[], at: Date): Promise<LineRules['split'][]> {
    const splits = await this.rules.announced(keysOf(scopes));
    return scopes.map((scope) => {
      const found = scopesOf(scope);
      return present(inForce(splits, found, at), `a split rule for ${found[0]}`);
    });
  }
}

/** Everything is among them also for a sale of nothing. */
function keysOf(scopes: readonly RuleScope[]): string[] {
  return [...new Set(['*', ...scopes.flatMap(scopesOf)])];
}
