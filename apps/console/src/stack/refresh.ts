/** How often the page reads what changes by itself. */
export const refreshMilliseconds = 5_000;
