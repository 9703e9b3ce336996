import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** The file of `dist` that the server reads: a JSON array of sources for `style-src`, `sha256-…`. */
const fileName = 'style-hashes.json';

/**
 * The elements of the player have their styles as `<style>` in their shadow roots, which a strict Content-Security-Policy refuses.
 * They are constant, so the policy allows exactly these, by hash (https://github.com/muxinc/media-chrome/issues/898).
 */
export function allowElementStyles(): Plugin {
  return {
    name: 'allow-element-styles',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: JSON.stringify(await hashElementStyles()) });
    },
  };
}

async function hashElementStyles(): Promise<string[]> {
  // They can be loaded without a browser: their packages support rendering on servers.
  const modules = await Promise.all([
    import('media-chrome'),
    import('media-chrome/menu'),
    import('hls-video-element'),
  ]);
  const elements = modules.flatMap((module) => Object.values(module).filter(hasTemplate));
  const styles = elements.flatMap((element) => stylesOf(element.getTemplateHTML({}, {})));
  return [...new Set(styles.map(sourceOf))].toSorted();
}

interface ElementWithTemplate {
  getTemplateHTML(attributes: object, properties: object): string;
}

function hasTemplate(value: unknown): value is ElementWithTemplate {
  return typeof value === 'function' && 'getTemplateHTML' in value;
}

function stylesOf(html: string): string[] {
  return [...html.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, style = '']) => style);
}

function sourceOf(style: string): string {
  return `sha256-${createHash('sha256').update(style).digest('base64')}`;
}
