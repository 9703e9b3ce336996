import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { S3Error } from '../s3-error.ts';

/** Request documents are small: a list of 10,000 parts with checksums is below this limit. */
export const maxDocumentBytes = 4 * 1024 * 1024;

/** An element of a request document. */
export interface XmlElement {
  /** The text of the first child with that name; '' where it is empty, undefined where it is missing. */
  readonly text: (name: string) => string | undefined;
  readonly texts: (name: string) => string[];
  readonly children: (name: string) => XmlElement[];
  readonly childNames: readonly string[];
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  // The parser drops references to control characters, which keys may contain, so they are decoded below.
  processEntities: false,
  isArray: (_name, path) => typeof path === 'string' && path.includes('.'),
});

/** Parses a document with the given root element; throws MalformedXML. */
export function readXml(document: string, root: string): XmlElement {
  // Requests of S3 have no document type, and without one there are no entities to expand.
  if (document.includes('<!DOCTYPE') || XMLValidator.validate(document) !== true) throw malformedXmlError();
  const parsed = parse(document);
  if (!Object.hasOwn(parsed, root)) throw malformedXmlError();
  return element(parsed[root]);
}

/** The parser refuses names such as `__proto__` and elements that are nested too deep. */
function parse(document: string): Record<string, unknown> {
  try {
    return parser.parse(document) as Record<string, unknown>;
  } catch {
    throw malformedXmlError();
  }
}

export function malformedXmlError(): S3Error {
  return new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

function element(node: unknown): XmlElement {
  const children = typeof node === 'object' && node !== null ? (node as Record<string, unknown[]>) : {};
  const texts = (name: string) =>
    (children[name] ?? []).map((one) => (typeof one === 'string' ? unescapeXml(one) : ''));
  return {
    text: (name) => texts(name)[0],
    texts,
    children: (name) => (children[name] ?? []).map(element),
    childNames: Object.keys(children).filter((name) => name !== '#text'),
  };
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (reference, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? reference;
    const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : reference;
  });
}
