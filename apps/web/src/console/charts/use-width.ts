import { type RefObject, useEffect, useRef, useState } from 'react';

/** How wide something stands on the page, so that what is drawn in it keeps its letters at their size. */
export function useWidth<Element extends HTMLElement>(first: number): [RefObject<Element | null>, number] {
  const box = useRef<Element | null>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const look = () => setWidth(Math.max(1, Math.floor(element.clientWidth)));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, width];
}
