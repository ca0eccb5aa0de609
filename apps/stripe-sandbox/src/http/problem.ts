import type Stripe from 'stripe';

export type ProblemType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';

/** What Stripe's `error` envelope says besides its type and message. */
export interface ProblemDetails {
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly charge?: string;
  readonly payment_intent?: Stripe.PaymentIntent;
  readonly payment_method?: Stripe.PaymentMethod;
}

interface ProblemOptions extends ProblemDetails {
  readonly status?: number;
  readonly type?: ProblemType;
  /** Whether a repeat under the same idempotency key gets this same answer; false for faults of the request. */
  readonly stored?: boolean;
}

/** An answer that is not the one asked for, thrown from anywhere below the door and printed by it. */
export class Problem extends Error {
  readonly status: number;
  readonly type: ProblemType;
  readonly stored: boolean;
  readonly details: ProblemDetails;

  constructor(message: string, options: ProblemOptions = {}) {
    super(message);
    const { status = 400, type = 'invalid_request_error', stored = true, ...details } = options;
    this.status = status;
    this.type = type;
    this.stored = stored;
    this.details = details;
  }

  envelope(requestId: string): object {
    const { code } = this.details;
    const isStripes = code !== undefined && !code.startsWith('sandbox_');
    return {
      error: {
        type: this.type,
        message: this.message,
        ...this.details,
        ...(isStripes ? { doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}` } : {}),
        request_log_url: `/#${requestId}`, // The dashboard's list of calls.
      },
    };
  }
}

/** A parameter that is wrong in itself; Stripe refuses it before anything is executed, so no key remembers it. */
export function badParameter(message: string, param: string, code?: string): Problem {
  return new Problem(message, { param, stored: false, ...(code === undefined ? {} : { code }) });
}

export function missingParameter(param: string): Problem {
  return badParameter(`Missing required param: ${param}.`, param, 'parameter_missing');
}

export function noSuch(noun: string, id: string, param = 'id'): Problem {
  return new Problem(`No such ${noun}: '${id}'`, { status: 404, code: 'resource_missing', param });
}
