import type { StarterQuestion } from './starter-question.ts';

export const collaboration: readonly StarterQuestion[] = [
  {
    slug: 'collaboration-getting-unstuck',
    competency: 'collaboration',
    difficulty: 'EASY',
    content:
      'Tell me about a time when you were stuck on a technical problem, at work, in your studies or in a project of your own. How long did you try by yourself, and how did you go about getting help?',
    covers: [
      'A concrete problem, told so that a listener can follow',
      'What was tried alone, in some order',
      'How they judged that it was time to ask',
      'How they asked: context, what had been tried, a precise question',
      'What they did afterwards so that they, or others, would not be stuck there again',
    ],
    levels: [
      'Cannot name an occasion, or tells of giving up, waiting or handing the problem over entirely.',
      'Tells of an occasion in general terms: either asked straight away without trying or struggled alone for very long, and draws nothing from it.',
      'Describes the problem, a few sensible attempts and a reasoned moment to ask, put the question with what had been tried, and solved it.',
      'Also chose whom to ask and respected their time, understood why the answer worked, and wrote it down or passed it on.',
      'Shows a habit behind the story, such as setting a time limit and narrowing the problem before asking. Says what they would do differently, and made the problem less likely for the next person.',
    ],
    probes: ['How did you decide that it was time to ask?', 'What would you do differently today?'],
  },
  {
    slug: 'collaboration-hard-feedback',
    competency: 'collaboration',
    difficulty: 'EASY',
    content:
      'Tell me about a piece of feedback on your work that you found hard to accept, for example in a code review. What did you do with it?',
    covers: [
      'A real example in which their own work was criticised',
      'Their first reaction, told honestly',
      'How they tried to understand the other view: asked, tested, slept on it',
      'What they changed, or why they did not, and how this was settled',
      'How working together went on, and what they took from it',
    ],
    levels: [
      'Cannot recall any such feedback, or tells a story in which all critics were plainly wrong.',
      'Gave in without understanding or argued until the other gave up, and tells it mainly as an annoyance.',
      'Admits a first reaction, asked or checked to understand the point, then made a reasoned change or gave a reasoned reply.',
      'Also separates the matter from the tone, found out what the other was worried about, and settled it by evidence or a sensible compromise.',
      'Describes how it changed the way they work or give feedback since, credits the other person fairly even where they disagreed, and now seeks out criticism early.',
    ],
    probes: ['What was the other person right about?', 'Has it changed how you give feedback yourself?'],
  },
  {
    slug: 'collaboration-plain-explanation',
    competency: 'collaboration',
    difficulty: 'EASY',
    content:
      'Tell me about a time when you had to explain something technical to someone without a technical background. How did you go about it, and how did you know that they had understood?',
    covers: [
      'Who it was, and what they needed to know or decide',
      'Leaving out what did not matter to them',
      'Everyday words, a comparison or a picture, without becoming wrong or condescending',
      'Checking understanding by questions or by what they did next',
      'What they would do better next time',
    ],
    levels: [
      'Has no example, or holds that the other person simply could not understand.',
      'Explained the technology in somewhat simpler words, but with no thought for what the listener needed, and assumed that it had arrived.',
      'Chose what mattered to the listener, used plain words or a fitting comparison, and checked that it was understood.',
      'Adjusted when the first attempt failed, was open about risks and uncertainty, and helped the person to reach a decision.',
      "Explains so clearly in the interview itself that the subject can be followed, knows where the comparison breaks down, and learnt something from the listener's questions that improved the work.",
    ],
    probes: [
      'Can you give me the same explanation now, as though I were that person?',
      'What did you leave out, and why?',
    ],
  },
  {
    slug: 'collaboration-technical-disagreement',
    competency: 'collaboration',
    difficulty: 'MEDIUM',
    content:
      'Tell me about a serious technical disagreement between you and a colleague. What was at stake, how did the two of you handle it, and how did it end?',
    covers: [
      'Both positions, stated fairly',
      'Why it mattered, in terms of users, risk or cost',
      'Steps to settle it: common goals, evidence, a trial, a third opinion, a deadline for deciding',
      'Their own part in it, and what they conceded',
      'The result, seen with hindsight',
      'The working relationship afterwards',
    ],
    levels: [
      "Describes the other side as foolish, or won by rank or by going behind the colleague's back, and sees nothing wrong with that.",
      'Both sides repeated their views until one gave in or a manager decided. The other view is barely explained.',
      'States both views fairly, looked for evidence or a trial to settle it, accepted the result and went on working together.',
      'Uncovered the real difference underneath, such as goals or attitude to risk, suited the effort to how easily the choice could be undone, and backed the decision whichever way it went.',
      "Can argue the colleague's case as well as they could themselves, tells where they were wrong or still unsure, and left behind a better way of deciding such matters in the team.",
    ],
    probes: ['How would your colleague tell this story?', 'Looking back, who was right, and about what?'],
  },
  {
    slug: 'collaboration-late-promise',
    competency: 'collaboration',
    difficulty: 'MEDIUM',
    content:
      'Tell me about a time when you realised that something you had promised would not be done in time. When did you notice, what did you do, and how did it turn out?',
    covers: [
      'What was promised, to whom, and what depended on it',
      'When the first sign appeared, and when it was said aloud',
      'Options offered: less scope, help, a later date, with consequences',
      'Taking responsibility without excuses',
      'The outcome for those affected',
      'What changed in how they estimate or report since',
    ],
    levels: [
      'Claims that it never happened, blames others, or let the date pass without a word.',
      'Said so only at the end or when asked, or made up for it with long nights alone. Offered no options.',
      'Told those affected once it was clear, with reasons and a choice of options, and delivered the adjusted promise.',
      'Spoke up at the first sign while there was still room to act, knew what mattered most to the other side, and helped to reduce the harm.',
      'Also shows what changed afterwards, such as splitting work to reveal trouble earlier or giving ranges with risks, and can say what the delay cost others.',
    ],
    probes: ['What was the earliest sign, looking back?', 'How did the people who were waiting react?'],
  },
  {
    slug: 'collaboration-own-mistake',
    competency: 'collaboration',
    difficulty: 'MEDIUM',
    content:
      'Tell me about a mistake of yours that caused trouble for other people. What did you do in the first hours, and what did you do in the weeks after?',
    covers: [
      'A real mistake with real effects, in their own responsibility',
      'Telling those affected promptly and plainly',
      'Limiting the harm before looking for causes',
      'Understanding why it was possible, beyond "I should have been more careful"',
      'A lasting change in process, tools or habit',
      'How trust was kept or won back',
    ],
    levels: [
      'Offers no mistake or a strength in disguise, or tells mainly why others were to blame.',
      'Admits a mistake and repaired it, but told people late or only when found out, and the lesson is to be more careful.',
      'Told people promptly, limited the harm, repaired it, found the cause, and changed something specific afterwards.',
      'Looked past their own slip at why it was so easy to make, removed that trap for others too, and stayed in touch with those affected until it was settled.',
      'Shared it openly so that others could learn from it, can say whether the remedy has held since, and describes the effect on others as clearly as the effect on themselves.',
    ],
    probes: ['Who was affected, and how did they hear of it?', 'Could the same thing happen today?'],
  },
  {
    slug: 'collaboration-change-across-teams',
    competency: 'collaboration',
    difficulty: 'HARD',
    content:
      'Tell me about a time when you got several teams, over which you had no authority, to change how they worked. Why did it matter, how did you win them over, and what would you do differently?',
    covers: [
      'The problem and why it needed several teams',
      "Understanding each team's situation and what it would gain or lose",
      'Means of persuasion: evidence, a first example, allies, taking work off them',
      'Dealing with resistance, and changing the proposal because of it',
      'Whether the change lasted, and how they know',
      'Honest view of cost and of what failed',
    ],
    levels: [
      'Has no such example, or relied on orders from above or a written rule, and did not follow what came of it.',
      'Presented a proposal and kept reminding people. Some followed; the reasons of the others are unknown or dismissed.',
      'Listened to the teams, showed the benefit with an example or figures, adapted the proposal, and most of the teams made the change.',
      'Lowered the cost of changing through tools or hands-on help, won respected people in the teams first, and tracked whether it brought what was hoped for.',
      'Shared ownership and credit so that the change lasted without them, let teams differ where it did no harm, gave up parts that proved wrong, and can weigh what it cost against what it brought.',
    ],
    probes: [
      'Which team resisted most, and were they right about anything?',
      'Is it still in place today, and how do you know?',
      'If you have never been in this position, how would you begin?',
    ],
  },
  {
    slug: 'collaboration-stopping-a-project',
    competency: 'collaboration',
    difficulty: 'HARD',
    content:
      'Tell me about a time when you came to think that a project people had put much work into should be stopped or sharply changed. How did you make sure that you were right, how did you bring it up, and what happened?',
    covers: [
      'The signs, and when they became convincing',
      'Testing their own view: figures, outside opinion, what would prove it wrong',
      'Their own share in the project and what it cost them to speak up',
      'How it was raised: with whom first, with which alternatives, with respect for the work done',
      'The decision, also if it went against them, and how they acted after it',
      'What was saved or learnt, and how the people involved came out of it',
    ],
    levels: [
      'Has no example, kept quiet and watched it fail, or complained to others without raising it with those who could decide.',
      'Raised doubts in general, without evidence or alternative, or made it a fight about persons, and dropped it at the first resistance.',
      'Gathered evidence, raised it with those responsible together with an alternative, and carried the decision whichever way it went.',
      'Looked for proof against their own view, spoke first with those most affected, named what could be kept, and set out conditions for going on or stopping.',
      'Made it possible for people to change course without losing face, accounts for past cost without being ruled by it, admits their own part or delay, and arranged that later projects have agreed points at which to stop.',
    ],
    probes: [
      'What would have convinced you that you were wrong?',
      'How did the people who had built it feel, and what did you do about that?',
      'How long did you wait before speaking up, and why?',
    ],
  },
];
