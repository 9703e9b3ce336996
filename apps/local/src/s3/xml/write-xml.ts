import XMLBuilder from 'fast-xml-builder';

/** A document as nested data: an array repeats its element, undefined omits it. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  // The builder leaves control characters as they are: all text is escaped below instead.
  processEntities: false,
  tagValueProcessor: (_name, value) => escapeXml(String(value)),
});

/** Writes a response document. Only error documents are without the namespace of S3. */
export function writeXml(root: string, value: XmlValue, { withNamespace = true } = {}): string {
  const content = typeof value === 'object' ? value : { '#text': value };
  const document = { [root]: withNamespace ? { '@_xmlns': namespace, ...content } : content };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`;
}

/** Keys may contain control characters; S3 writes them as character references, although XML 1.0 forbids some of those. */
function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds
  return text.replace(/[&<>"\u0000-\u001f\u007f\ufffe\uffff]/g, (character) => {
    return namedReferences[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}

const namedReferences: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
