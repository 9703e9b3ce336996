/** The answer of S3 to a part, or of a proxy. */
export class PartRefusedError extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(`S3 answered ${status} to a part: ${text.slice(0, 200)}`);
    this.name = 'PartRefusedError';
    this.status = status;
  }
}

/** There was no answer. It is no TypeError, as `fetch` throws: p-retry takes those of an unknown text for faults of the program. */
export class ConnectionBrokenError extends Error {
  constructor() {
    super('The connection to S3 broke.');
    this.name = 'ConnectionBrokenError';
  }
}

export type SendPart = (
  url: string,
  body: Blob,
  options: { signal: AbortSignal; onProgress: (sentBytes: number) => void },
) => Promise<void>;

/**
 * Sends a part to its URL. Browsers report its progress; elsewhere that is known when the part is sent.
 * @throws PartRefusedError; ConnectionBrokenError, or TypeError of `fetch`, if the connection breaks; the reason of the signal
 */
export const sendPart: SendPart = (url, body, options) => {
  const { XMLHttpRequest } = globalThis as { XMLHttpRequest?: new () => PartRequest };
  return XMLHttpRequest === undefined
    ? sendByFetch(url, body, options)
    : sendByXhr(new XMLHttpRequest(), url, body, options);
};

/** What is used of an XMLHttpRequest, so that programs of Node compile without the types of browsers. */
interface PartRequest {
  readonly status: number;
  readonly responseText: string;
  readonly upload: {
    addEventListener(type: 'progress', listener: (event: { readonly loaded: number }) => void): void;
  };
  addEventListener(type: 'loadend', listener: () => void): void;
  open(method: string, url: string): void;
  send(body: Blob): void;
  abort(): void;
}

const sendByFetch: SendPart = async (url, body, { signal, onProgress }) => {
  const response = await fetch(url, { method: 'PUT', body, signal });
  const text = await response.text();
  if (!response.ok) throw new PartRefusedError(response.status, text);
  onProgress(body.size);
};

function sendByXhr(
  request: PartRequest,
  ...[url, body, { signal, onProgress }]: Parameters<SendPart>
): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      request.abort();
      reject(signal.reason);
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(Math.min(loaded, body.size)));
    request.addEventListener('loadend', () => {
      signal.removeEventListener('abort', abort);
      const { status } = request;
      if (status === 0) reject(new ConnectionBrokenError());
      else if (status >= 300) reject(new PartRefusedError(status, request.responseText));
      else resolve();
    });
    request.open('PUT', url);
    request.send(body);
  });
}
