/** The consent text that comes with Parley. A team changes it into its own words, as a new version. */
export const starterConsentText = {
  name: 'Recording',
  body: `We would like to record what is said in this interview.

What is recorded: your voice, and the interviewer’s where you talk with one. No picture.

What it is for: so that we can judge by what you really said, and not by what we remember. What is said may also be written down.

Where it is kept: the recording stays on the computer that this interview is held with. What is written down, notes and ratings are in our own database. Nothing is sent to anybody else.

Who hears it: the people who judge this interview. You can ask who they are.

How long: until we have decided, and no longer than we need it to stand by the decision. Your interviewer can tell you the date.

You may say no. The interview is then held without recording, and that does not count against you. You may also change your mind: say so at any time, during the interview or afterwards, and nothing more is recorded. Ask your interviewer if you want what was recorded to be deleted.`,
} as const;
