/**
 * Who may do what with an interview, in SQL over a row of `interviews`. The only place where this is said; every query
 * that starts from somebody's wish has one of these in it. An admin is nobody special here.
 *
 * @param person the parameter that holds the person's id, such as `$2`
 */
type Access = (person: string) => string;

/** Their own practice interview: everything in it is theirs. */
export const isOwnPractice: Access = (person) =>
  `(interviews.user_id = ${person} AND interviews.kind = 'PRACTICE')`;

/** A one-way interview that was assigned to them: they answer in it, and see neither rubric nor scores. */
export const isOwnOneWay: Access = (person) =>
  `(interviews.user_id = ${person} AND interviews.kind = 'ONE_WAY')`;

/**
 * An interview that they hold or review. Whoever is no interviewer any more is on no panel, and nobody is on that of
 * their own.
 */
export const isOnPanel: Access = (person) => `(
  interviews.kind <> 'PRACTICE' AND interviews.user_id <> ${person}
  AND EXISTS (
    SELECT FROM panel_members JOIN users AS panel_users ON panel_users.id = panel_members.user_id
    WHERE panel_members.interview_id = interviews.id AND panel_members.user_id = ${person}
      AND panel_users.role IN ('INTERVIEWER', 'ADMIN')
  )
)`;

/** A live interview that they hold. In a one-way interview nobody acts in the candidate's place. */
export const isOnLivePanel: Access = (person) => `(interviews.kind = 'LIVE' AND ${isOnPanel(person)})`;

/** Whose microphone records: the candidate's, or in a live interview the interviewer's. */
export const mayRecord: Access = (person) =>
  `(${isOwnPractice(person)} OR ${isOwnOneWay(person)} OR ${isOnLivePanel(person)})`;

/** Who may hear what was recorded. */
export const mayHear: Access = (person) =>
  `(${isOwnPractice(person)} OR ${isOwnOneWay(person)} OR ${isOnPanel(person)})`;
