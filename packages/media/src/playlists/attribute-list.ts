/** Values that are written between quotes; all others are written as they are. */
export interface QuotedString {
  readonly quoted: string;
}

/** For names, languages and URIs, whoever wrote them. */
export function quoted(value: string): QuotedString {
  return { quoted: value };
}

/** `NAME=value,…` without the attributes that are null. Source: RFC 8216, 4.2. */
export function attributeList(attributes: Record<string, string | number | QuotedString | null>): string {
  return Object.entries(attributes)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}=${formatValue(value)}`]))
    .join(',');
}

function formatValue(value: string | number | QuotedString): string {
  if (typeof value !== 'object') return String(value);
  // A quoted string can hold neither quotes nor line ends, and there is no way to escape them. A straight
  // single quote would do, but some parsers take it for a quote as well.
  const text = value.quoted.replaceAll('"', '”').replaceAll(/\p{Cc}+/gu, ' ');
  return `"${text}"`;
}
