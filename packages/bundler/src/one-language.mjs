/**
 * zod says what is wrong in fifty languages, a quarter of a megabyte of every bundle; what reads its sentences here reads
 * English. Only the index of its languages is replaced, by one that names the one.
 *
 * @type {import('esbuild').Plugin}
 */
export const oneLanguage = {
  name: 'one-language',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};
