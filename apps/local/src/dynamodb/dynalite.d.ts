declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** What is used of it. @see https://github.com/architect/dynalite */
  export default function dynalite(options: {
    readonly path: string;
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }): Server;
}
