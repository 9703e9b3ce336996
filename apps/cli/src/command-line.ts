/** How a command of this program is typed in a clone, whether pnpm is on the path or not: `npx pnpm fyrestream jobs`. */
export function commandLine(command: string): string {
  return `npx pnpm fyrestream ${command}`;
}
