import { z } from 'zod';

/** `[registry/]repository:tag[@digest]`, as Docker writes it. @see https://pkg.go.dev/github.com/distribution/reference */
const imageReference = z
  .string()
  .regex(
    /^[a-z0-9][\w.:/-]*:[\w][\w.-]*(@sha256:[0-9a-f]{64})?$/,
    'must be an image with a tag, and optionally a digest: debian:trixie-slim@sha256:…',
  );

/** What the image of the transcoder is built from: build arguments of its Dockerfile. */
export const imageSettings = z.strictObject({
  debian: imageReference.default('debian:trixie-slim'),
  node: imageReference.default('node:24-trixie-slim'),
  updated: z.iso.date().optional(),
});
