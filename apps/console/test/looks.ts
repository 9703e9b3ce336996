export interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly size: 'wide' | 'narrow';
  readonly viewport: { readonly width: number; readonly height: number };
}

const wide = { size: 'wide', viewport: { width: 1280, height: 850 } } as const;
const narrow = { size: 'narrow', viewport: { width: 360, height: 740 } } as const;

/** In which colours and sizes pages are checked: each of them once; `pnpm test:matrix` checks every pair. */
export const looks: readonly Look[] = [
  { colorScheme: 'light', ...wide },
  { colorScheme: 'dark', ...narrow },
  ...(process.env.FYRESTREAM_TEST_MATRIX === 'all'
    ? [{ colorScheme: 'dark', ...wide } as const, { colorScheme: 'light', ...narrow } as const]
    : []),
];
