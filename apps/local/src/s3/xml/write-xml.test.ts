import { expect, it } from 'vitest';
import { writeXml } from './write-xml.ts';

it('repeats the element of an array, omits undefined and keeps empty elements', () => {
  const document = writeXml('List', { Prefix: '', Marker: undefined, Key: ['a', 'b'], Owner: { ID: 1 } });
  expect(document).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<List xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
      '<Prefix></Prefix><Key>a</Key><Key>b</Key><Owner><ID>1</ID></Owner></List>',
  );
});

it('writes markup and control characters as references', () => {
  const document = writeXml('Error', { Key: '<a & "b">\u0001\r\n' }, { withNamespace: false });
  expect(document).toContain('<Error><Key>&lt;a &amp; &quot;b&quot;&gt;&#x1;&#xd;&#xa;</Key></Error>');
});

it('writes a document that is only text', () => {
  expect(writeXml('LocationConstraint', '', { withNamespace: false })).toContain('<LocationConstraint></');
});
