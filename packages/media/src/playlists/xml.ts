/** An element as data; attributes that are null are left out. */
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

/** A document with its declaration. Every text and attribute value is escaped here and nowhere else. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderElement(root, '')}`;
}

function renderElement({ name, attributes, children }: XmlElement, indent: string): string {
  const attributeText = Object.entries(attributes)
    .flatMap(([key, value]) => (value === null ? [] : [` ${key}="${escapeXml(String(value))}"`]))
    .join('');
  if (children.length === 0) return `${indent}<${name}${attributeText}/>\n`;
  if (children.every((child) => typeof child === 'string')) {
    return `${indent}<${name}${attributeText}>${children.map(escapeXml).join('')}</${name}>\n`;
  }
  const content = children.map((child) =>
    typeof child === 'string' ? escapeXml(child) : renderElement(child, `${indent}  `),
  );
  return `${indent}<${name}${attributeText}>\n${content.join('')}${indent}</${name}>\n`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // Characters that XML 1.0 allows in no form, and control characters that are of no use in a label.
      .replaceAll(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
      .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
  );
}
