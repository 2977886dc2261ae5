import type { EntityManager } from 'typeorm';
import type { Found } from '../../shared/contract/find.ts';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import { isOwnOneWay, isOwnPractice } from '../database/interview-access.ts';
import { candidateOf, isRevealed } from '../desk/read-desk-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';

/** More words than this say nothing new. */
const maxWords = 8;

/** How many interviews count as made lately: a year and more of somebody who interviews every day. */
const latelyMade = 1_000;

/** A few of each kind that have all the words of a text in them, as far as this person may know of them. */
export async function search(
  manager: EntityManager,
  person: SignedInPerson,
  { text, limit }: ParsedInputOf<'find.search'>,
): Promise<Found> {
  const words = text.split(/\s+/).filter(Boolean).slice(0, maxWords);
  const patterns = words.map((word) => `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`);
  const interviews = await findInterviews(manager, person, patterns, limit);
  if (person.role === 'CANDIDATE') return { people: [], interviews, questions: [], kits: [] };
  return {
    people: await findPeople(manager, patterns, limit),
    interviews,
    questions: await findQuestions(manager, text, limit),
    kits: await findKits(manager, patterns, limit),
  };
}

/** Candidates by name and address; those whose name begins with the first word come first. */
function findPeople(manager: EntityManager, patterns: string[], limit: number): Promise<Found['people']> {
  return manager.query(
    `
    SELECT id, name, email FROM users
    WHERE role = 'CANDIDATE' AND state = 'ACTIVE' AND lower(name) || ' ' || email LIKE ALL ($1)
    ORDER BY lower(name) LIKE substr($2::text, 2) DESC, lower(name) COLLATE "C", id
    LIMIT $3
    `,
    [patterns, patterns[0], limit],
  );
}

function findKits(manager: EntityManager, patterns: string[], limit: number): Promise<Found['kits']> {
  return manager.query(
    `
    SELECT id, name FROM interview_kits WHERE archived_at IS NULL AND lower(name) LIKE ALL ($1)
    ORDER BY lower(name) LIKE substr($2::text, 2) DESC, lower(name) COLLATE "C", id
    LIMIT $3
    `,
    [patterns, patterns[0], limit],
  );
}

/** As the library's own list searches: by words, the last one as a beginning, the best match first. */
async function findQuestions(
  manager: EntityManager,
  text: string,
  limit: number,
): Promise<Found['questions']> {
  // Signs alone are no words, and would match everything.
  if (!/[\p{L}\p{N}]/u.test(text)) return [];
  return manager.query(
    `
    SELECT id, left(content, 200) AS content, competency, difficulty
    FROM library_questions, library_search_query($1) AS query
    WHERE archived_at IS NULL AND search @@ query
    ORDER BY ts_rank(search, query) DESC, id DESC LIMIT $2
    `,
    [text, limit],
  );
}

interface InterviewRow {
  id: string;
  kind: Found['interviews'][number]['kind'];
  title: string;
  status: Found['interviews'][number]['status'];
  at: Date;
  own: boolean;
  blind: boolean;
  revealed: boolean;
  candidateId: string;
  candidateName: string;
}

/**
 * One's own interviews by title, and those of one's panels by title and candidate, newest first. A blind one is found by
 * the name that stands for its candidate, never by theirs: what a search finds tells as much as what it shows.
 */
async function findInterviews(
  manager: EntityManager,
  { id, role }: SignedInPerson,
  patterns: string[],
  limit: number,
): Promise<Found['interviews']> {
  const columns = 'interviews.id, kind, title, interviews.status, blind, user_id';
  const own = await manager.query<InterviewRow[]>(
    `
    SELECT ${columns}, coalesce(started_at, created_at) AS at, true AS own
    FROM interviews
    WHERE (${isOwnPractice('$1')} OR ${isOwnOneWay('$1')}) AND deleted_at IS NULL AND lower(title) LIKE ALL ($2)
    ORDER BY coalesce(started_at, created_at) DESC, id DESC LIMIT $3
    `,
    [id, patterns, limit],
  );
  const ofPanels = role === 'CANDIDATE' ? [] : await findPanelInterviews(manager, id, patterns, limit);
  return [...own, ...ofPanels]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit)
    .map((row) => ({
      ...{ id: row.id, kind: row.kind, title: row.title, status: row.status },
      candidateName: row.own ? null : candidateOf(row).name,
      at: row.at.toISOString(),
    }));
}

/**
 * Of one's panels. A word that many have is found among those made last, and only a rare one is looked for in all. The
 * gate has seen to the role, so that the panel's table alone says which.
 */
async function findPanelInterviews(
  manager: EntityManager,
  personId: string,
  patterns: string[],
  limit: number,
): Promise<InterviewRow[]> {
  const lately = await manager.query<{ id: string }[]>(
    'SELECT interview_id AS id FROM panel_members WHERE user_id = $1 ORDER BY id DESC LIMIT $2',
    [personId, latelyMade],
  );
  const ids = lately.map(({ id }) => id);
  const found = await findAmong('interviews.id = ANY ($4::uuid[])', [personId, patterns, limit, ids]);
  if (found.length === limit || ids.length < latelyMade) return found;
  // How many titles and names have the words is anybody's guess, and the database guesses too few. As a test of a test it
  // looks the panel up in a hash, whatever it guesses, and not row by row.
  const ofPanels = 'interviews.id IN (SELECT interview_id FROM panel_members WHERE user_id = $1)';
  return findAmong(`(${ofPanels}) IS TRUE`, [personId, patterns, limit]);

  function findAmong(condition: string, parameters: unknown[]): Promise<InterviewRow[]> {
    return manager.query<InterviewRow[]>(
      `
      SELECT interviews.id, kind, title, interviews.status, blind, false AS own,
        coalesce(interviews.started_at, scheduled_at, interviews.created_at) AS at,
        ${isRevealed('$1')} AS revealed, candidate.id AS "candidateId", candidate.name AS "candidateName"
      FROM interviews JOIN users AS candidate ON candidate.id = interviews.user_id
      WHERE ${condition} AND interviews.kind <> 'PRACTICE' AND interviews.deleted_at IS NULL
        AND lower(title) || ' ' || CASE
          WHEN NOT blind OR ${isRevealed('$1')} THEN lower(candidate.name)
          ELSE 'candidate ' || right(interviews.id::text, 4)
        END LIKE ALL ($2)
      ORDER BY at DESC, interviews.id DESC LIMIT $3
      `,
      parameters,
    );
  }
}
