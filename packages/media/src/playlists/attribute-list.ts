/** A value in quotes; all others are written without. */
export interface QuotedString {
  readonly quoted: string;
}

/** For names, languages and URIs of any content. */
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
  // A quoted string cannot contain quotes or line ends, and there is no escape for them. A straight single quote is
  // allowed, but some parsers treat it as a quote too.
  const text = value.quoted.replaceAll('"', '”').replaceAll(/\p{Cc}+/gu, ' ');
  return `"${text}"`;
}
