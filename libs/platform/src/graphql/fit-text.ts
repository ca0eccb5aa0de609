import { type DocumentNode, GraphQLError, visit } from 'graphql';
import type { FastifyInstance } from 'fastify';
import 'mercurius'; // Its types teach Fastify's what `graphql` is.

/**
 * Control characters other than tab and line ends, and marks that turn the direction of what follows: on labels, invoices and lists they hide or
 * forge what is read, and no name or sentence of ours needs one.
 */
const UNFIT = /[^\P{Cc}\t\n\r]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;

/** Half of a character is none either: it cannot be stored as it came. */
const HALF = /\p{Surrogate}/u;

export function isFitText(text: string): boolean {
  return !UNFIT.test(text) && !HALF.test(text);
}

/** With its own stack: how deep variables are nested is up to whoever sends them. */
function areFit(variables: unknown): boolean {
  const waiting: unknown[] = [variables];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') {
      if (!isFitText(value)) return false;
    } else if (typeof value === 'object' && value !== null)
      for (const part of Object.values(value)) waiting.push(part);
  }
  return true;
}

function isFitDocument(document: DocumentNode): boolean {
  let isFit = true;
  visit(document, {
    StringValue({ value }) {
      isFit &&= isFitText(value);
    },
  });
  return isFit;
}

/** Every text that comes in by a document or its variables, before anything runs. */
export function refuseUnfitText(app: FastifyInstance): void {
  const known = new WeakSet<DocumentNode>(); // Documents are kept parsed and come again.
  app.graphql.addHook('preExecution', async (_schema, document, _context, variables) => {
    if (!known.has(document) && isFitDocument(document)) known.add(document);
    if (known.has(document) && areFit(variables)) return;
    throw new GraphQLError(
      'A text holds control characters, or marks that turn its direction, or half a character.',
      {
        extensions: { code: 'INVALID_INPUT', zh: '文字中含有控制字符、改变书写方向的符号或不完整的字符' },
      },
    );
  });
}
