import XMLBuilder from 'fast-xml-builder';

/** An element as data; attributes that are null are omitted. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | null>>;
  readonly children: readonly (XmlElement | string)[];
}

export function element(
  name: string,
  attributes: XmlElement['attributes'] = {},
  ...children: XmlElement['children']
): XmlElement {
  return { name, attributes, children };
}

const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
  indentBy: '  ',
});

/** A document with its declaration; every text and attribute value is escaped. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${builder.build([nodeOf(root)])}\n`;
}

/** The form that the builder takes when the order of elements matters. */
function nodeOf({ name, attributes, children }: XmlElement): Record<string, unknown> {
  const present = Object.entries(attributes).filter(([, value]) => value !== null);
  return {
    [name]: children.map((child) =>
      typeof child === 'string' ? { '#text': removeControls(child) } : nodeOf(child),
    ),
    ':@': Object.fromEntries(present.map(([key, value]) => [`@_${key}`, removeControls(String(value))])),
  };
}

/** Replaces control characters and characters that XML 1.0 does not allow by spaces. */
function removeControls(text: string): string {
  return text.toWellFormed().replaceAll(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ');
}
