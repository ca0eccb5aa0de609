import type { ReactNode } from 'react';

const box = (x: number, y: number) => <rect x={x} y={y} width="7" height="7" rx="1.5" />;

const SHAPES = {
  hall: <path d="M4 11l8-6 8 6M6 11v8h12v-8M10 19v-5h4v5M3 20h18" />,
  zone: <path d="M4 9h16l-1 11H5L4 9ZM8 9V7a4 4 0 0 1 8 0v2M9 14h6" />,
  counter: (
    <path d="M7 3h10a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5c0-1.100.9-2 2-2ZM5 9h14M5 15h14M12 3v18" />
  ),
  home: <path d="M4 11l8-7 8 7v9H4v-9ZM10 20v-5h4v5" />,
  grid: (
    <>
      {box(4, 4)}
      {box(13, 4)}
      {box(4, 13)}
      {box(13, 13)}
    </>
  ),
  cart: (
    <>
      <path d="M3 4h2l2.400 11h10L20 7H6" />
      <circle cx="9" cy="19" r="1.4" />
      <circle cx="16" cy="19" r="1.4" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.500 20c1-4 4-6 7.500-6s6.500 2 7.500 6" />
    </>
  ),
  pin: (
    <>
      <path d="M12 21s7-6.500 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12Z" />
      <circle cx="12" cy="9" r="2.500" />
    </>
  ),
  search: (
    <>
      <circle cx="11" cy="11" r="6.500" />
      <path d="m16 16 4.500 4.500" />
    </>
  ),
  heart: (
    <path d="M12 20S4 14.500 4 9.200A4.200 4.200 0 0 1 12 7a4.200 4.200 0 0 1 8 2.200C20 14.500 12 20 12 20Z" />
  ),
  plus: <path d="M12 6v12M6 12h12" />,
  minus: <path d="M6 12h12" />,
  check: <path d="m6 12 4 4 8-9" />,
  right: <path d="m9 6 6 6-6 6" />,
  back: <path d="m15 6-6 6 6 6" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  filter: <path d="M4 6h16M7 12h10M10 18h4" />,
  certified: (
    <path d="M12 3 5 6v6c0 4.500 3 7.500 7 9 4-1.500 7-4.500 7-9V6l-7-3ZM9 12l2.200 2.200L15.200 10" />
  ),
  truck: (
    <>
      <path d="M3 6h11v10H3zM14 10h4l3 3v3h-7" />
      <circle cx="7.5" cy="17.5" r="1.8" />
      <circle cx="17" cy="17.5" r="1.8" />
    </>
  ),
  leaf: <path d="M5 19c0-9 5-14 15-14 0 10-5 15-14 14M5 21c1-5 4-8 8-10" />,
  star: (
    <path d="m12 4 2.500 5.200 5.700.8-4.100 4 1 5.700-5.100-2.700-5.100 2.700 1-5.700-4.100-4 5.700-.8L12 4Z" />
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="8" />
      <path d="M12 7.500V12l3 2" />
    </>
  ),
  cloud: <path d="M7 18a4 4 0 0 1-.5-8 6 6 0 0 1 11.500 1.500A3.300 3.300 0 0 1 17 18H7Z" />,
  box: <path d="M4 8l8-4 8 4v8l-8 4-8-4V8ZM4 8l8 4 8-4M12 12v8" />,
  scan: <path d="M4 8V5h3M17 5h3v3M20 16v3h-3M7 19H4v-3M4 12h16" />,
  print: <path d="M7 8V4h10v4M5 8h14v8h-3M8 16H5V8M8 13h8v7H8z" />,
  call: (
    <path d="M6 4h3l1.500 4-2 1.500a12 12 0 0 0 6 6l1.500-2 4 1.500v3c0 1-1 2-2 2C10 19.500 4.500 13 4 6c0-1 1-2 2-2Z" />
  ),
  coin: (
    <>
      <circle cx="12" cy="12" r="8.500" />
      <path d="m9 7.500 3 4 3-4M12 11.500V17M9 12h6M9 14.500h6" />
    </>
  ),
  help: (
    <>
      <circle cx="12" cy="12" r="8.500" />
      <path d="M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.300-1 .8-1 1.700M12 16.500v.1" />
    </>
  ),
  ticket: <path d="M4 7h16v3.500a1.500 1.500 0 0 0 0 3V17H4v-3.500a1.500 1.500 0 0 0 0-3V7ZM14 7v10" />,
  receipt: <path d="M6 3h12v18l-3-2-3 2-3-2-3 2V3ZM9 8h6M9 12h6" />,
  camera: (
    <>
      <path d="M4 8h4l1.500-2h5L16 8h4v11H4z" />
      <circle cx="12" cy="13" r="3.2" />
    </>
  ),
  text: <path d="M4 7V5h10v2M9 5v14M14 13v-2h7v2M17.500 11v8" />,
  globe: (
    <>
      <circle cx="12" cy="12" r="8" />
      <path d="M4 12h16M12 4c3 3 3 13 0 16-3-3-3-13 0-16Z" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** A line drawing in the colour of its text; says nothing to a screen reader. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}
