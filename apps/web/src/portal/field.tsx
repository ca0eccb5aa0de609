import type { ReactNode } from 'react';
import type { Refusal } from '../shared/graphql/act.js';

export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** What of a refusal belongs beside a field. */
export const faultsOf = (refusal: Pick<Refusal, 'fields'> | null): readonly Fault[] =>
  (refusal?.fields ?? []).flatMap(({ path, message }) => (path === undefined ? [] : [{ path, message }]));

interface FaultsProps {
  /** What is wrong, by the path of the field. */
  readonly faults: readonly Fault[];
}

/** What is wrong with a field, beside it; of a list also with what is in it. */
export function FaultNote({
  faults,
  path,
  isDeep = false,
}: FaultsProps & { path: string; isDeep?: boolean }) {
  const own = faults.filter((fault) => fault.path === path || (isDeep && fault.path.startsWith(`${path}.`)));
  if (own.length === 0) return null;
  return (
    <p className="fault" role="alert">
      {own.map(({ message }) => message).join(' ')}
    </p>
  );
}

interface TextProps extends FaultsProps {
  readonly label: string;
  readonly path: string;
  readonly value: string;
  readonly max: number;
  readonly rows?: number;
  readonly hint?: string;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, path, value, max, rows, hint, faults, onChange }: TextProps) {
  const own = {
    value,
    maxLength: max,
    autoComplete: 'off',
    placeholder: hint,
    'aria-invalid': faults.some((fault) => fault.path === path),
  };
  return (
    <label className="field">
      <span>{label}</span>
      {rows === undefined ? (
        <input {...own} onInput={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <textarea {...own} rows={rows} onInput={(event) => onChange(event.currentTarget.value)} />
      )}
      <FaultNote faults={faults} path={path} />
    </label>
  );
}

interface ChoiceProps<Value> {
  readonly legend: string;
  readonly options: readonly { readonly value: Value; readonly name: ReactNode }[];
  readonly value: Value | null;
  readonly choose: (value: Value) => void;
  readonly children?: ReactNode;
}

/** One of a few, by a tap. */
export function Choice<Value extends string | boolean>({
  legend,
  options,
  value,
  choose,
  children,
}: ChoiceProps<Value>) {
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      <div className="chips">
        {options.map((option) => (
          <button
            key={String(option.value)}
            type="button"
            className="chip"
            aria-pressed={value === option.value}
            onClick={() => choose(option.value)}
          >
            {option.name}
          </button>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
