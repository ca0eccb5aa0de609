import { useEffect, useState } from 'react';

/** Longer than the two taps of a thumb that meant one. */
const REST_MS = 500;

/** Whether what has just appeared under a thumb may be touched. */
export function useRested(isShown = true): boolean {
  const [isRested, setRested] = useState(false);
  useEffect(() => {
    if (!isShown) return undefined;
    const timer = setTimeout(() => setRested(true), REST_MS);
    return () => {
      clearTimeout(timer);
      setRested(false);
    };
  }, [isShown]);
  return isRested;
}

interface SureButtonProps {
  readonly name: string;
  /** What the same button says before it is done. */
  readonly sure: string;
  readonly isBusy: boolean;
  readonly act: () => unknown;
  readonly className?: string;
}

/** What cannot be taken back is tapped twice, with a rest between: two quick taps are one. */
export function SureButton({ name, sure, isBusy, act, className = 'button is-quiet' }: SureButtonProps) {
  const [isAsked, ask] = useState(false);
  const isRested = useRested(isAsked);
  const tap = () => {
    if (!isAsked) ask(true);
    else if (isRested) act();
  };
  return (
    <button
      type="button"
      className={className}
      disabled={isBusy}
      aria-disabled={isAsked && !isRested}
      onBlur={() => ask(false)}
      onClick={tap}
    >
      {isAsked ? sure : name}
    </button>
  );
}
