/** A document as nested data: arrays repeat their element, undefined leaves it out. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Writes a response document; error documents are the only ones without S3's namespace. */
export function writeXml(root: string, value: XmlValue, { withNamespace = true } = {}): string {
  const attributes = withNamespace ? ` xmlns="${namespace}"` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attributes}>${content(value)}</${root}>`;
}

function content(value: XmlValue): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .map(([name, child]) => elements(name, child))
    .join('');
}

function elements(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  const all: readonly XmlValue[] = Array.isArray(value) ? value : [value];
  return all.map((one) => `<${name}>${content(one)}</${name}>`).join('');
}

/** Control characters are legal in keys; S3 writes them as character references, legal XML 1.0 or not. */
function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be found
  return text.replace(/[&<>"\u0000-\u001f\u007f\ufffe\uffff]/g, (character) => {
    return named[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}

const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
