import { describe, expect, it } from 'vitest';
import { optionWords, parseOptions } from './parse-options.ts';

describe('parseOptions', () => {
  it('takes text as it is, also where it looks like JSON, and everything else as JSON', () => {
    const typed = [
      'title=1984',
      'label={"id": 7} = mine',
      'posterSeconds=12.5',
      'audio=[{"language":"de","name":"Ton = laut"},{}]',
      'priority=bulk',
    ];
    expect(parseOptions(typed)).toEqual({
      title: '1984',
      label: '{"id": 7} = mine',
      posterSeconds: 12.5,
      audio: [{ language: 'de', name: 'Ton = laut' }, {}],
      priority: 'bulk',
    });
    expect(parseOptions([])).toEqual({});
  });

  it.each([
    ['titel=Meer', /--option titel=Meer: titel is none of audio, label, .*title/],
    ['constructor=1', /constructor is none of/],
    ['title', /--option title: write NAME=VALUE with one of/],
    ['title=', /title: .*(1|small)/],
    ['posterSeconds=soon', /posterSeconds: .*number/],
    ['posterSeconds=-1', /posterSeconds: /],
    ['priority=high', /priority: .*urgent/],
    ['audio=de', /audio: .*array/],
    ['audio=[{"lang":"de"}]', /audio\.0\.lang is not a known field/],
  ])('refuses %s with the name of the field', (typed, message) => {
    expect(() => parseOptions([typed])).toThrow(
      expect.objectContaining({ code: 'bad-option', message: expect.stringMatching(message) }),
    );
  });

  it('refuses an option that is given twice', () => {
    expect(() => parseOptions(['title=A', 'title=B'])).toThrow('--option title=B: title is given twice.');
  });
});

it('a shell completes names of options, and the values of those that have few', () => {
  expect(optionWords).toEqual(
    expect.arrayContaining(['title=', 'posterSeconds=', 'priority=urgent', 'audio=']),
  );
  expect(optionWords).not.toContain('priority=');
});
