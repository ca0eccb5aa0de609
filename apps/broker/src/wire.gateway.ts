import type { DownKind } from '#libs/counter';

/** The line to the cabinets: our own broker, or somebody else's. */
export abstract class WireGateway {
  /** Resolves when cabinets may come. */
  abstract open(): Promise<void>;
  /** Nobody new; what has begun is finished. */
  abstract close(): Promise<void>;
  /** Whether cabinets can come at all, for readiness. */
  abstract isUp(): boolean;
  /** Who is in: null where only the broker knows. */
  abstract connected(): readonly string[] | null;
  /** To one cabinet; resolves when the broker has it. */
  abstract say(cabinetId: string, kind: DownKind, message: object): Promise<void>;
  /** Those whose credentials are no longer good are thrown out. */
  abstract lookAgain(): Promise<void>;
}
