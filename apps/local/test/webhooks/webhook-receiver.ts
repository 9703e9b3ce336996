import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { JobEvent } from '@fyrestream/events';
import { Webhook } from 'standardwebhooks';

/** How a receiver answers the n-th post of one event, from 1; a status, as soon as it resolves. */
export type Behaviour = (attempt: number) => number | Promise<number>;

export interface WebhookReceiver {
  readonly url: string;
  /** The events that it took, by `webhook-id`, each as often as it came. */
  readonly taken: ReadonlyMap<string, readonly JobEvent[]>;
  /** The answers to all posts. */
  readonly answers: readonly number[];
  /** From now on only posts that are signed with this secret are accepted. */
  setSecret(secret: string): void;
  setBehaviour(behaviour: Behaviour): void;
  /** Closes each connection at once. It keeps its port, which another program could take otherwise. */
  goAway(): void;
  comeBack(): void;
  close(): Promise<void>;
}

/** A receiver of webhooks that checks signatures as its users do, with the package `standardwebhooks`. */
export async function startWebhookReceiver(secret: string, first: Behaviour): Promise<WebhookReceiver> {
  let webhook = new Webhook(secret);
  let behaviour = first;
  const attempts = new Map<string, number>();
  const taken = new Map<string, JobEvent[]>();
  const answers: number[] = [];
  const take = async (request: IncomingMessage): Promise<number> => {
    const body = await text(request);
    const event = verify(webhook, body, request.headers as Record<string, string>);
    if (event === null) return 401;
    const id = String(request.headers['webhook-id']);
    const attempt = (attempts.get(id) ?? 0) + 1;
    attempts.set(id, attempt);
    const status = await behaviour(attempt);
    if (status < 300) taken.set(id, [...(taken.get(id) ?? []), event]);
    return status;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const status = await take(request);
    answers.push(status);
    response.writeHead(status).end();
  };
  const server = createServer((request, response) => void answer(request, response));
  let isAway = false;
  server.on('connection', (socket) => {
    if (isAway) socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    taken,
    answers,
    setSecret: (next) => {
      webhook = new Webhook(next);
    },
    setBehaviour: (next) => {
      behaviour = next;
    },
    goAway: () => {
      isAway = true;
      server.closeAllConnections();
    },
    comeBack: () => {
      isAway = false;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function verify(webhook: Webhook, body: string, headers: Record<string, string>): JobEvent | null {
  try {
    return webhook.verify(body, headers) as JobEvent;
  } catch {
    return null;
  }
}
