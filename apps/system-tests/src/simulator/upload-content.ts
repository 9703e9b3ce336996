/** What an uploaded file holds; its bytes begin with one of these words. */
export const uploadContents = [
  'valid',
  'long',
  'undecodable',
  'always-failing',
  'empty',
  'expensive',
] as const;
export type UploadContent = (typeof uploadContents)[number];
