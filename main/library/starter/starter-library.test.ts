import { describe, expect, it } from 'vitest';

import { starterLibrary } from './index.ts';

const DIFFICULTIES = ['EASY', 'MEDIUM', 'HARD'] as const;

/** Longest text allowed, in characters. Content is spoken, so it must stay short. */
const LIMITS = { slug: 60, content: 450, cover: 180, level: 400, probe: 200 };

const competencies = [...new Set(starterLibrary.map((question) => question.competency))];

const cases = starterLibrary.map((question) => ({ slug: question.slug, question }));

function expectText(text: string, limit: number): void {
  expect(text).toBe(text.trim());
  expect(text).not.toBe('');
  expect(text.length, text).toBeLessThanOrEqual(limit);
  expect(text, 'plain ASCII on one line').toMatch(/^[\x20-\x7e]+$/);
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

describe('starter library', () => {
  it('has at least 60 questions', () => {
    expect(starterLibrary.length).toBeGreaterThanOrEqual(60);
  });

  it('has at least 8 competencies', () => {
    expect(competencies.length).toBeGreaterThanOrEqual(8);
  });

  it.each(competencies)('has every difficulty for %s', (competency) => {
    const found = new Set(
      starterLibrary
        .filter((question) => question.competency === competency)
        .map((question) => question.difficulty),
    );
    expect(found).toEqual(new Set(DIFFICULTIES));
  });

  it('has unique slugs', () => {
    const slugs = starterLibrary.map((question) => question.slug);
    expect(new Set(slugs).size).toBe(slugs.length);
  });

  it('asks nothing twice', () => {
    const contents = starterLibrary.map((question) => normalise(question.content));
    expect(new Set(contents).size).toBe(contents.length);
  });

  it('uses no level description for two questions', () => {
    const levels = starterLibrary.flatMap((question) => question.levels.map(normalise));
    expect(new Set(levels).size).toBe(levels.length);
  });

  describe.each(cases)('$slug', ({ question }) => {
    it('has a kebab-case slug that begins with its competency', () => {
      expectText(question.slug, LIMITS.slug);
      expect(question.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(question.slug.startsWith(`${question.competency}-`)).toBe(true);
    });

    it('asks something that can be spoken', () => {
      expectText(question.content, LIMITS.content);
      expect(question.content).toMatch(/[.?]$/);
      expect(question.content, 'no code or mark-up').not.toMatch(/[`<>{}[\]*_|#]/);
    });

    it('names at least three different points that a good answer covers', () => {
      expect(question.covers.length).toBeGreaterThanOrEqual(3);
      expect(new Set(question.covers.map(normalise)).size).toBe(question.covers.length);
      for (const cover of question.covers) expectText(cover, LIMITS.cover);
    });

    it('describes five distinct levels', () => {
      expect(question.levels).toHaveLength(5);
      expect(new Set(question.levels.map(normalise)).size).toBe(5);
      for (const level of question.levels) expectText(level, LIMITS.level);
    });

    it('has two or three different follow-up questions', () => {
      expect(question.probes.length).toBeGreaterThanOrEqual(2);
      expect(question.probes.length).toBeLessThanOrEqual(3);
      expect(new Set(question.probes.map(normalise)).size).toBe(question.probes.length);
      for (const probe of question.probes) expectText(probe, LIMITS.probe);
    });
  });
});
