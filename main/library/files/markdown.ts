import { fromMarkdown } from 'mdast-util-from-markdown';
import {
  type FileQuestion,
  type FileRecord,
  isField,
  type ParsedFile,
  readRecord,
  UnreadableFile,
} from './record.ts';

type Node = ReturnType<typeof fromMarkdown>['children'][number];
type List = Extract<Node, { type: 'list' }>;

/** What is inside of a line is taken as it stands, so there is no need to know what it means. It takes most of the time. */
const blocksOnly = {
  disable: {
    null: [
      ...['attention', 'autolink', 'characterEscape', 'characterReference', 'codeText', 'hardBreakEscape'],
      ...['htmlText', 'labelEnd', 'labelStartImage', 'labelStartLink'],
    ],
  },
};

/** A question of one line and no more characters than this is its own heading. */
const longestHeading = 200;

const sections = { covers: 'What a good answer covers', probes: 'Follow-ups', levels: 'Levels' } as const;
type Section = keyof typeof sections;

export const markdownHead = (): string => '# Question library\n';

/**
 * A heading of the second level a question: the question itself, or where it is longer, a number, with the question below.
 * Then what is to be known of it as a list, and its lists under headings of their own.
 */
export function writeMarkdown(questions: readonly FileQuestion[], first: number): string {
  return questions
    .map((question, index) => {
      const { content, tags } = question;
      const isHeading = !content.includes('\n') && content.length <= longestHeading && isPlain(content);
      const facts = [
        ...[`id: ${question.id}`, `version: ${question.version}`],
        ...(question.slug ? [`slug: ${question.slug}`] : []),
        ...[`competency: ${escaped(question.competency, false)}`, `difficulty: ${question.difficulty}`],
        ...[`tags: ${escaped(tags.join(', '), false)}`, `practice: ${question.practice ? 'yes' : 'no'}`],
        `archived: ${question.archived ? 'yes' : 'no'}`,
      ];
      return [
        isHeading ? `\n## ${heading(content)}` : `\n## Question ${first + index}\n\n${block(content, '')}`,
        facts.map((fact) => `- ${fact.trim()}`).join('\n'),
        ...(['covers', 'probes'] as const).map((section) =>
          [`### ${sections[section]}`, question[section].map((item) => `- ${block(item, '  ')}`).join('\n')]
            .filter(Boolean)
            .join('\n\n'),
        ),
        `### ${sections.levels}`,
        question.levels.map((level, at) => `${at + 1}. ${block(level, '   ')}`.trimEnd()).join('\n'),
      ].join('\n\n');
    })
    .join('\n')
    .concat('\n');
}

/** @throws UnreadableFile where there is no question in it */
export function parseMarkdown(text: string): ParsedFile {
  const unused = new Set<string>();
  const records = chunks(text).map(({ line, source }) => parseQuestion(line, source, unused));
  if (records.length === 0) {
    throw new UnreadableFile(
      'This file has no questions. Each begins with a heading of the second level (##).',
    );
  }
  return {
    records,
    notes: unused.size > 0 ? [`Not used: ${[...unused].join(', ').slice(0, 500)}.`] : [],
  };
}

/** The questions' sources: from one heading of the second level to the next, those inside of fences left out. */
function chunks(text: string): { line: number; source: string }[] {
  const found: { line: number; lines: string[] }[] = [];
  let fence: { mark: string; length: number } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^\n]*)$/.exec(line);
    if (mark?.[1]) {
      const [, ticks = '', rest = ''] = mark;
      if (!fence && !(ticks.startsWith('`') && rest.includes('`'))) {
        fence = { mark: ticks[0] ?? '', length: ticks.length };
      } else if (fence && ticks.startsWith(fence.mark) && ticks.length >= fence.length && !rest.trim()) {
        fence = null;
      }
    }
    if (!fence && /^ {0,3}##([ \t]|$)/.test(line)) found.push({ line: index + 1, lines: [] });
    found.at(-1)?.lines.push(line);
  }
  return found.map(({ line, lines }) => ({ line, source: lines.join('\n') }));
}

function parseQuestion(line: number, source: string, unused: Set<string>): FileRecord {
  const [head, ...nodes] = fromMarkdown(source, { extensions: [blocksOnly] }).children;
  const given: Partial<Record<keyof FileQuestion, unknown>> = {};
  const body: string[] = [];
  let section: Section | 'other' | null = null;
  let hasFacts = false;
  for (const node of nodes) {
    if (node.type === 'heading' && node.depth >= 3) {
      const name = rawText(source, node).toLowerCase();
      section =
        (Object.keys(sections) as Section[]).find(
          (each) => sections[each].toLowerCase() === name || each === name,
        ) ?? 'other';
      if (section === 'other') unused.add(rawText(source, node));
      else given[section] ??= [];
    } else if (section === null) {
      const facts = node.type === 'list' && !hasFacts ? factsOf(source, node, unused) : null;
      if (facts) {
        Object.assign(given, facts);
        hasFacts = true;
      } else {
        body.push(blockText(source, node));
      }
    } else if (section !== 'other' && node.type === 'list') {
      (given[section] as string[]).push(...node.children.map((item) => itemText(source, item)));
    } else if (section !== 'other' && node.type !== 'html') {
      return {
        ...{ line, question: {} },
        problems: [`Below “${sections[section]}” there should be a list and nothing else.`],
      };
    }
  }
  given.content = body.length > 0 ? body.join('\n\n') : head ? rawText(source, head) : '';
  if (typeof given.tags === 'string') given.tags = given.tags.split(/[,;]/);
  return readRecord(line, given);
}

/** What a list of `name: value` says; null where it is another list. */
function factsOf(
  source: string,
  list: List,
  unused: Set<string>,
): Partial<Record<keyof FileQuestion, string>> | null {
  const facts: Partial<Record<keyof FileQuestion, string>> = {};
  const unknown: string[] = [];
  for (const item of list.children) {
    const [name = '', ...value] = itemText(source, item).split(':');
    const key = name.trim().toLowerCase();
    if (isField(key)) facts[key] = value.join(':').trim();
    else unknown.push(name.trim().slice(0, 60));
  }
  if (Object.keys(facts).length === 0) return null;
  for (const name of unknown) unused.add(name);
  return facts;
}

function itemText(source: string, item: List['children'][number]): string {
  return item.children.map((child) => blockText(source, child)).join('\n\n');
}

function blockText(source: string, node: Node): string {
  return node.type === 'code' ? node.value : rawText(source, node);
}

/** What stands there, marks of emphasis and code included: Parley shows text as it was written. */
function rawText(source: string, node: Node): string {
  const children = 'children' in node ? node.children : [];
  const inner = node.type === 'heading' || node.type === 'paragraph';
  const start = (inner ? children[0] : node)?.position?.start.offset ?? 0;
  const end = (inner ? children.at(-1) : node)?.position?.end.offset ?? 0;
  return source
    .slice(start, end)
    .split('\n')
    .map((line) => line.replace(/^[ \t]+|[ \t]+$/g, ''))
    .join('\n')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Whether Markdown keeps a text's lines and spaces as they are. */
function isPlain(text: string): boolean {
  return !/(^|\n)[ \t]|[ \t](\n|$)|\n{3}|[\t\f\v\u0085\u2028\u2029]|^$/.test(text);
}

/** A text as paragraphs, or in a fence where Markdown would not keep it. */
function block(text: string, indent: string): string {
  if (text === '') return '';
  const source = isPlain(text) ? escaped(text, true) : fenced(text);
  return source
    .split('\n')
    .map((line, index) => (index > 0 && line ? indent + line : line))
    .join('\n');
}

function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** @param starts whether lines of the text begin lines of the file, where marks would make something else of them */
function escaped(text: string, starts: boolean): string {
  const plain = text.replaceAll('\\', '\\\\');
  if (!starts) return plain;
  return plain.replace(/^(?:(\d{1,9})(?=[.)])|(?=[!-/:-@[\]-`{-~]))/gm, '$1\\');
}

function heading(text: string): string {
  return escaped(text, true).replace(/#$/, '\\#');
}
