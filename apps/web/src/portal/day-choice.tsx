import { Choice, type Fault, FaultNote } from './field.js';

interface DayProps {
  readonly legend: string;
  readonly value: string;
  readonly near: readonly { readonly value: string; readonly name: string }[];
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly choose: (day: string) => void;
}

/** A day by a tap; another one by the phone's own calendar. */
export function DayChoice({ legend, value, near, path, faults, choose }: DayProps) {
  return (
    <Choice legend={legend} options={near} value={value} choose={choose}>
      <input
        type="date"
        aria-label={legend}
        value={value}
        onInput={(event) => choose(event.currentTarget.value)}
      />
      <FaultNote faults={faults} path={path} />
    </Choice>
  );
}
