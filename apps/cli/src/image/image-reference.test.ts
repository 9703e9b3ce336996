import { expect, it } from 'vitest';
import { parseImageReference } from './image-reference.ts';

it.each([
  ['debian:trixie-slim', 'registry-1.docker.io', 'library/debian', 'trixie-slim', null],
  ['bitnami/node:24@sha256:ab', 'registry-1.docker.io', 'bitnami/node', '24', 'sha256:ab'],
  ['public.ecr.aws/docker/library/node:24', 'public.ecr.aws', 'docker/library/node', '24', null],
  ['localhost:5000/base:1', 'localhost:5000', 'base', '1', null],
])('reads %s as Docker does', (text, registry, repository, tag, digest) => {
  expect(parseImageReference(text)).toMatchObject({ registry, repository, tag, digest });
});
