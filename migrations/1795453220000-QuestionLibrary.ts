import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Capital letters of Latin, Greek and Cyrillic beyond ASCII with the small ones, one to one: the embedded engine's locale
 * knows the case of ASCII letters only, and servers' locales differ. Letters with accents are not among them, since
 * accents are taken off before.
 */
function capitals(): { from: string; to: string } {
  let from = '';
  let to = '';
  for (const [first, last] of [
    [0xc0, 0x24f],
    [0x370, 0x52f],
  ] as const) {
    for (let point = first; point <= last; point += 1) {
      const letter = String.fromCodePoint(point);
      const small = letter.toLowerCase();
      if (letter.normalize('NFKD') !== letter || small === letter || small.length !== 1) continue;
      from += letter;
      to += small;
    }
  }
  return { from, to };
}

/** Everything that is no letter or digit, in ASCII and in the blocks of punctuation, symbols and emoji. */
const noWord =
  '[\\u0001-\\u002f\\u003a-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7' +
  '\\u2000-\\u2bff\\u3000-\\u3004\\u3008-\\u3020\\ufe00-\\ufe0f\\uff00-\\uff0f\\U0001f000-\\U0001faff]+';

/**
 * The library as people work with it: tags, versions, how often a question was asked, and full-text search.
 *
 * What must be true whoever writes is kept by triggers: a change of a question is a new version, every version is kept
 * whole, the search column follows the text, and what was asked in interviews (practice does not count), and how it was
 * answered, is counted.
 */
export class QuestionLibrary1795453220000 implements MigrationInterface {
  name = 'QuestionLibrary1795453220000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const { from, to } = capitals();
    await queryRunner.query(`
      CREATE TYPE library_question_origin AS ENUM ('STARTER', 'PERSON', 'IMPORT');

      ALTER TABLE library_questions
        ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
        ADD COLUMN practice boolean NOT NULL DEFAULT false,
        ADD COLUMN version integer NOT NULL DEFAULT 1
          CONSTRAINT library_questions_version_check CHECK (version > 0),
        ADD COLUMN origin library_question_origin NOT NULL DEFAULT 'PERSON',
        ADD COLUMN changed_by uuid
          CONSTRAINT library_questions_changed_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        ADD COLUMN asked_count integer NOT NULL DEFAULT 0
          CONSTRAINT library_questions_asked_count_check CHECK (asked_count >= 0),
        ADD COLUMN last_asked_at timestamptz,
        ADD COLUMN rated_count integer NOT NULL DEFAULT 0
          CONSTRAINT library_questions_rated_count_check CHECK (rated_count >= 0),
        ADD COLUMN score_total numeric(12, 2) NOT NULL DEFAULT 0,
        ADD COLUMN search tsvector;
      -- In the row itself: a search that finds many ranks them all, and reading each elsewhere takes most of the time.
      ALTER TABLE library_questions ALTER COLUMN search SET STORAGE MAIN;

      CREATE TABLE library_question_versions (
        question_id uuid NOT NULL
          CONSTRAINT library_question_versions_question_id_fkey
          REFERENCES library_questions (id) ON DELETE CASCADE,
        version integer NOT NULL,
        origin library_question_origin NOT NULL,
        content text NOT NULL,
        difficulty question_difficulty NOT NULL,
        competency varchar(100) NOT NULL,
        tags text[] NOT NULL,
        covers jsonb NOT NULL,
        probes jsonb NOT NULL,
        levels jsonb NOT NULL,
        practice boolean NOT NULL,
        changed_by uuid
          CONSTRAINT library_question_versions_changed_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT library_question_versions_pkey PRIMARY KEY (question_id, version)
      );

      ALTER TABLE questions ADD COLUMN library_version integer;

      -- Small letters without accents. Most texts are ASCII, for which it is quick.
      CREATE FUNCTION library_search_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE
          WHEN octet_length(words) = char_length(words) THEN lower(words COLLATE "C")
          ELSE normalize(translate(
            lower(regexp_replace(normalize(words, NFKD), '[\\u0300-\\u036f]+', '', 'g') COLLATE "C"),
            '${from}', '${to}'
          ), NFC)
        END
      $$;

      -- The words of a text as they are searched by, between spaces. C++ and C# keep what tells them from C.
      CREATE FUNCTION library_search_words(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT regexp_replace(
          regexp_replace(
            replace(library_search_fold(words), 'c++', ' cplusplus '), '([cfj])#', '\\1sharp ', 'g'
          ),
          '${noWord}', ' ', 'g'
        )
      $$;

      -- Words as they stand, so that the beginning of one finds it, and as English stems, so that its other forms do.
      CREATE FUNCTION library_search_vector(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
        SELECT to_tsvector('simple', folded) || to_tsvector('english', folded)
        FROM library_search_words(words) AS folded
      $$;

      -- All of the words, the last one as a beginning; without a node where there is no word.
      CREATE FUNCTION library_search_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
        SELECT coalesce(string_agg('(' || alternatives || ')', ' & ')::tsquery, ''::tsquery)
        FROM (
          SELECT (to_tsquery('simple', term) || to_tsquery('english', term))::text AS alternatives
          FROM (
            SELECT quote_literal(word) || CASE WHEN place = count(*) OVER () THEN ':*' ELSE '' END AS term
            FROM unnest(string_to_array(btrim(regexp_replace(library_search_words(words), ' +', ' ', 'g')), ' '))
              WITH ORDINALITY AS split (word, place)
          ) AS terms
        ) AS asked
        WHERE alternatives <> ''
      $$;

      -- What is beside the question itself is found, and counts for little: without places it also takes little room.
      CREATE FUNCTION library_question_search(content text, competency text, tags text[], beside jsonb)
        RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
        SELECT setweight(library_search_vector(left(content, 20000)), 'A')
          || setweight(library_search_vector(competency || ' ' || array_to_string(tags, ' ')), 'B')
          || strip(library_search_vector(
               left((SELECT coalesce(string_agg(item, ' '), '') FROM jsonb_array_elements_text(beside) AS item), 40000)
             ))
      $$;

      CREATE FUNCTION prepare_library_question() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          NEW.version := OLD.version;
          IF (NEW.content, NEW.difficulty, NEW.competency, NEW.tags, NEW.covers, NEW.probes, NEW.levels, NEW.practice)
             IS NOT DISTINCT FROM
             (OLD.content, OLD.difficulty, OLD.competency, OLD.tags, OLD.covers, OLD.probes, OLD.levels, OLD.practice)
          THEN
            RETURN NEW;
          END IF;
          NEW.version := OLD.version + 1;
        END IF;
        -- An import of thousands brings it along, made before its transaction, in which nobody else has their turn.
        IF NEW.search IS NULL OR (TG_OP = 'UPDATE' AND NEW.search = OLD.search) THEN
          NEW.search := library_question_search(
            NEW.content, NEW.competency, NEW.tags, NEW.covers || NEW.probes || NEW.levels
          );
        END IF;
        RETURN NEW;
      END
      $$;

      CREATE FUNCTION keep_library_question_version() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO library_question_versions
          (question_id, version, origin, content, difficulty, competency, tags, covers, probes, levels, practice,
           changed_by)
        VALUES
          (NEW.id, NEW.version, NEW.origin, NEW.content, NEW.difficulty, NEW.competency, NEW.tags, NEW.covers,
           NEW.probes, NEW.levels, NEW.practice, NEW.changed_by);
        RETURN NULL;
      END
      $$;

      -- What is there already: the starter library, untouched so far.
      UPDATE library_questions SET
        origin = CASE WHEN slug IS NULL THEN 'PERSON' ELSE 'STARTER' END::library_question_origin,
        -- What comes with Parley is there to be practised; what a team asks is not, until they say so.
        practice = slug IS NOT NULL,
        search = library_question_search(content, competency, tags, covers || probes || levels);
      UPDATE library_questions SET
        asked_count = asked.times, last_asked_at = asked.last, rated_count = asked.rated, score_total = asked.total
      FROM (
        SELECT library_question_id, count(asked_at) AS times, max(asked_at) AS last,
          count(answers.score) AS rated, coalesce(sum(answers.score), 0) AS total
        FROM questions JOIN interviews ON interviews.id = questions.interview_id
          LEFT JOIN answers ON answers.question_id = questions.id
        WHERE kind <> 'PRACTICE'
        GROUP BY library_question_id
      ) AS asked
      WHERE asked.library_question_id = library_questions.id;
      INSERT INTO library_question_versions
        (question_id, version, origin, content, difficulty, competency, tags, covers, probes, levels, practice,
         created_at)
      SELECT id, version, origin, content, difficulty, competency, tags, covers, probes, levels, practice, updated_at
      FROM library_questions;

      CREATE TRIGGER library_questions_prepare
        BEFORE INSERT OR UPDATE OF content, difficulty, competency, tags, covers, probes, levels, practice, version, search
        ON library_questions FOR EACH ROW EXECUTE FUNCTION prepare_library_question();
      CREATE TRIGGER library_questions_keep_first_version AFTER INSERT ON library_questions
        FOR EACH ROW EXECUTE FUNCTION keep_library_question_version();
      CREATE TRIGGER library_questions_keep_version AFTER UPDATE ON library_questions
        FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION keep_library_question_version();

      CREATE FUNCTION count_asked_library_question() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM interviews WHERE id = NEW.interview_id AND kind <> 'PRACTICE') THEN
          RETURN NULL;
        ELSIF NEW.asked_at IS NOT NULL THEN
          UPDATE library_questions
          SET asked_count = asked_count + 1, last_asked_at = greatest(last_asked_at, NEW.asked_at)
          WHERE id = NEW.library_question_id;
        ELSE
          UPDATE library_questions
          SET asked_count = greatest(asked_count - 1, 0), last_asked_at = (
            SELECT max(asked_at) FROM questions JOIN interviews ON interviews.id = questions.interview_id
            WHERE library_question_id = NEW.library_question_id AND kind <> 'PRACTICE'
          )
          WHERE id = NEW.library_question_id;
        END IF;
        RETURN NULL;
      END
      $$;
      CREATE TRIGGER questions_count_asked AFTER INSERT ON questions
        FOR EACH ROW WHEN (NEW.library_question_id IS NOT NULL AND NEW.asked_at IS NOT NULL)
        EXECUTE FUNCTION count_asked_library_question();
      CREATE TRIGGER questions_count_asked_later AFTER UPDATE OF asked_at ON questions
        FOR EACH ROW WHEN (
          NEW.library_question_id IS NOT NULL AND (OLD.asked_at IS NULL) <> (NEW.asked_at IS NULL)
        )
        EXECUTE FUNCTION count_asked_library_question();

      -- A statement at a time and in one order, so that two who submit scorecards at once do not lock each other out.
      CREATE FUNCTION total_library_question_scores() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        change record;
        changes refcursor;
      BEGIN
        IF TG_OP = 'INSERT' THEN
          OPEN changes FOR
            SELECT library_question_id AS id, count(*) AS times, sum(after.score) AS points
            FROM after JOIN questions ON questions.id = after.question_id
              JOIN interviews ON interviews.id = questions.interview_id
            WHERE after.score IS NOT NULL AND kind <> 'PRACTICE' AND library_question_id IS NOT NULL
            GROUP BY library_question_id ORDER BY library_question_id;
        ELSE
          OPEN changes FOR
            SELECT library_question_id AS id, count(after.score) - count(before.score) AS times,
              sum(coalesce(after.score, 0) - coalesce(before.score, 0)) AS points
            FROM before JOIN after USING (id) JOIN questions ON questions.id = after.question_id
              JOIN interviews ON interviews.id = questions.interview_id
            WHERE after.score IS DISTINCT FROM before.score AND kind <> 'PRACTICE' AND library_question_id IS NOT NULL
            GROUP BY library_question_id ORDER BY library_question_id;
        END IF;
        LOOP
          FETCH changes INTO change;
          EXIT WHEN NOT FOUND;
          UPDATE library_questions
          SET rated_count = rated_count + change.times, score_total = score_total + change.points
          WHERE id = change.id;
        END LOOP;
        RETURN NULL;
      END
      $$;
      CREATE TRIGGER answers_total_scores AFTER INSERT ON answers
        REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION total_library_question_scores();
      CREATE TRIGGER answers_total_changed_scores AFTER UPDATE ON answers
        REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION total_library_question_scores();

      CREATE INDEX library_questions_search_idx ON library_questions USING gin (search);
      CREATE INDEX library_questions_tags_idx ON library_questions USING gin (tags);
      CREATE INDEX library_questions_changed_by_idx ON library_questions (changed_by);
      CREATE INDEX library_questions_created_at_idx ON library_questions (created_at, id);
      CREATE INDEX library_questions_asked_count_idx ON library_questions (asked_count, id);
      CREATE INDEX library_questions_last_asked_idx
        ON library_questions ((coalesce(last_asked_at, '-infinity'::timestamptz)), id);
      CREATE INDEX library_question_versions_changed_by_idx ON library_question_versions (changed_by);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER answers_total_changed_scores ON answers;
      DROP TRIGGER answers_total_scores ON answers;
      DROP FUNCTION total_library_question_scores();
      DROP TRIGGER questions_count_asked_later ON questions;
      DROP TRIGGER questions_count_asked ON questions;
      DROP FUNCTION count_asked_library_question();
      ALTER TABLE questions DROP COLUMN library_version;
      DROP TABLE library_question_versions;
      DROP TRIGGER library_questions_keep_version ON library_questions;
      DROP TRIGGER library_questions_keep_first_version ON library_questions;
      DROP TRIGGER library_questions_prepare ON library_questions;
      DROP FUNCTION keep_library_question_version();
      DROP FUNCTION prepare_library_question();
      DROP FUNCTION library_question_search(text, text, text[], jsonb);
      DROP FUNCTION library_search_query(text);
      DROP FUNCTION library_search_vector(text);
      DROP FUNCTION library_search_words(text);
      DROP FUNCTION library_search_fold(text);
      DROP INDEX library_questions_created_at_idx, library_questions_asked_count_idx,
        library_questions_last_asked_idx;
      ALTER TABLE library_questions
        DROP COLUMN search,
        DROP COLUMN score_total,
        DROP COLUMN rated_count,
        DROP COLUMN last_asked_at,
        DROP COLUMN asked_count,
        DROP COLUMN changed_by,
        DROP COLUMN origin,
        DROP COLUMN version,
        DROP COLUMN practice,
        DROP COLUMN tags;
      DROP TYPE library_question_origin;
    `);
  }
}
